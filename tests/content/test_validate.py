"""Slips that only some editions have are told of each region that has them."""

from __future__ import annotations

from tests.conftest import PaperFactory
from tests.papers import CN, GLOBAL


def test_a_slip_is_told_of_every_region(paper: PaperFactory) -> None:
    """Regions that show the same are tried once, but each is named for what is wrong in it."""
    _, found = paper("See [there](#nowhere).\n").load()
    regions = [d.message for d in found if d.rule == "broken-reference"]
    assert regions == [f"'#nowhere' leads nowhere in the region '{name}'" for name in ("cn", "global")]


def test_regions_differ_by_their_placeholders(paper: PaperFactory) -> None:
    """Two regions with the same chapters are not the same where a name has a value in one alone."""
    files = {"content/regions/cn.toml": CN + '[placeholders]\nlaw = { text = "A law" }\n'}
    _, found = paper("After {law}.\n", files={**files, "content/regions/global.toml": GLOBAL}).load()
    assert [(d.rule, "'global'" in d.message) for d in found] == [("undeclared-placeholder", True)]


def test_regions_differ_by_what_they_show(paper: PaperFactory) -> None:
    """A link to what another region alone shows is an error in its own, after a region in which all is well."""
    body = "/// region | cn\n## Here {#here}\n\nText.\n///\n\nSee [there](#here).\n"
    _, found = paper(body).load()
    assert [d.message for d in found] == ["'#here' leads nowhere in the region 'global'"]
