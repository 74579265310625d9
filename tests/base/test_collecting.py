"""No collection in a block, and then as before."""

import gc

import pytest

from imprint.base.collecting import uncollected


def test_collections_rest_in_the_block() -> None:
    """A block within a block ends the rest no earlier."""
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_ends_the_rest_too() -> None:
    """Whatever becomes of the block, garbage is collected after it."""
    with pytest.raises(ZeroDivisionError), uncollected():
        divmod(1, 0)
    assert gc.isenabled()


def test_who_collects_nothing_goes_on_so() -> None:
    """A worker, which never collects, is not made to."""
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
