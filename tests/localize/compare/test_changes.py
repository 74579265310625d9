"""The changes between two lists of passages."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from imprint.localize.compare.changes import Change, apply_changes, compare_passages
from imprint.localize.compare.passages import DATA, LABEL, TEXT, Passage
from tests.search import examples


def passage(msgid: str, text: str = "", *, kind: str = "paragraph", origin: str = TEXT, slot: str = "") -> Passage:
    return Passage("ch-one", "One", kind, origin, "content/01-one.md", msgid, text or msgid, None, slot)


# Few words and kinds, so that passages are equal, alike, and moved more often than not.
PASSAGES = st.lists(
    st.builds(
        passage,
        st.sampled_from(["we keep data", "we keep your data", "we never keep data", "数据", "12", "13", "fin"]),
        st.sampled_from(["", "资料", "资料。"]),
        kind=st.sampled_from(["paragraph", "cell"]),
        origin=st.sampled_from([TEXT, DATA, LABEL]),
        slot=st.sampled_from(["", "", "law"]),
    ),
    max_size=12,
)


def facts(change: Change) -> tuple[str, str, bool]:
    return change.sort, change.cause, change.moved


@settings(max_examples=examples(300))
@given(PASSAGES, PASSAGES)
def test_law(old: list[Passage], new: list[Passage]) -> None:
    """The old passages with the changes carried out, word by word, say what the new ones say."""
    changed = apply_changes(old, compare_passages(old, new))
    assert [passage.said for passage in changed] == [passage.said for passage in new]


@given(PASSAGES)
def test_nothing_changes_nothing(passages: list[Passage]) -> None:
    """A list and itself have no change."""
    assert compare_passages(passages, passages) == ()


@given(PASSAGES, PASSAGES)
def test_the_order_is_the_readers(old: list[Passage], new: list[Passage]) -> None:
    """Changes come in the new reader's order."""
    places = [change.new_at for change in compare_passages(old, new) if change.new_at is not None]
    assert places == sorted(places)


def test_causes() -> None:
    """An author's edit, a translator's correction and a market's new figure are told apart."""
    old = [passage("We keep data.", "我们保存资料。"), passage("Yes", "是"), passage("12", origin=DATA, kind="number")]
    new = [
        passage("We keep no data.", "我们不保存数据。"),
        passage("Yes", "是的"),
        passage("14", origin=DATA, kind="number"),
    ]
    found = compare_passages(old, new)
    assert [facts(change) for change in found] == [
        ("changed", "source", False),
        ("changed", "translation", False),
        ("changed", "data", False),
    ]


def test_moved() -> None:
    """A passage that stands elsewhere has moved: nobody has to read it as removed and added."""
    one, two, three = passage("First things."), passage("Second things are long."), passage("Third.")
    assert [facts(change) for change in compare_passages([one, two, three], [three, one, two])] == [
        ("moved", "source", True)
    ]


def test_moved_and_changed() -> None:
    """A passage that was moved and touched up is one change."""
    rest = [passage(f"Passage number {n} of the rest, of its own words {n * 7}") for n in range(4)]
    before = [passage("The quick brown fox jumps over the lazy dog."), *rest]
    after = [*rest, passage("The quick red fox jumps over the lazy dog.")]
    assert [facts(change) for change in compare_passages(before, after)] == [("changed", "source", True)]


def test_named_things_are_paired_by_their_name() -> None:
    """A placeholder stays the same thing when its value is wholly another."""
    (change,) = compare_passages([passage("PIPL", slot="law")], [passage("GDPR", slot="law")])
    assert change.sort == "changed"


def test_added_and_removed_without_likeness() -> None:
    """Two sentences that share nothing are no versions of one."""
    found = compare_passages([passage("Cats sleep.")], [passage("Rockets need liquid oxygen and kerosene")])
    assert sorted(change.sort for change in found) == ["added", "removed"]


def test_two_languages_are_compared_by_their_sources() -> None:
    """Without texts, only a difference of the source counts."""
    assert compare_passages([passage("Yes", "是")], [passage("Yes", "Oui")], texts=False) == ()
