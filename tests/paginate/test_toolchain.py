"""The toolchain's versions are those that the installed packages state."""

from importlib.metadata import version

from imprint.paginate.library import find_fonts
from imprint.paginate.toolchain import PACKAGES, packages


def test_versions_are_those_of_the_metadata() -> None:
    """Read by a line of their own, they are what the whole metadata say."""
    assert packages() == {name: version(name) for name in PACKAGES}
    assert {file.wheel: file.version for file in find_fonts().files.values()} == {
        file.wheel: version(file.wheel) for file in find_fonts().files.values()
    }
