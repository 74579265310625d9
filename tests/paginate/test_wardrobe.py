"""The wardrobe holds what an edition needs, in stacks that put the right font first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprint.base.confine import Limits, run_confined
from imprint.base.diagnostic import Diagnostics
from imprint.paginate.characters import collect_characters, css_strings
from imprint.paginate.coverage import check_coverage
from imprint.paginate.faces import CJK, han_system
from imprint.paginate.library import find_fonts
from imprint.paginate.store import Store
from imprint.paginate.wardrobe import Wardrobe, prepare_wardrobe

ROOT = Path(__file__).resolve().parent.parent.parent


def wardrobe_of(language: str, html: str, store: Store) -> Wardrobe:
    return prepare_wardrobe(language, collect_characters(html, (), ()), find_fonts(), store)


def test_latin_edition_takes_no_other_script(store: Store) -> None:
    """An English page without a foreign word prepares the four Latin families alone."""
    families = wardrobe_of("en", "<p>Privacy</p>", store).families
    assert set(families) == {"Imprint Serif", "Imprint Sans", "Imprint Mono", "Imprint Display"}


def test_a_foreign_word_brings_its_script(store: Store) -> None:
    """One Arabic word adds the Arabic families, after the Latin ones."""
    stack = wardrobe_of("en", '<p>x <span lang="ar">خصوصية</span></p>', store).stacks().serif
    assert stack[0] == "Imprint Serif"
    assert "Imprint Naskh" in stack


@pytest.mark.parametrize(
    ("language", "first"),
    [("hi", "Imprint Devanagari"), ("bn", "Imprint Bengali"), ("ar", "Imprint Naskh"), ("th", "Imprint Thai"),
     ("zh-Hans", "Imprint Serif Han"), ("ja", "Imprint Serif Han"), ("ko", "Imprint Serif"), ("ru", "Imprint Serif")],
)  # fmt: skip
def test_first_of_the_stack(store: Store, language: str, first: str) -> None:
    """A script's own font stands first; Chinese and Japanese begin with Latin less their punctuation."""
    assert wardrobe_of(language, "<p>a</p>", store).stacks().serif[0] == first


def test_chinese_quotes_come_from_the_cjk_face(store: Store) -> None:
    """In a Chinese stack no family before the CJK one covers “ — …; in the English span's stack the first does."""
    wardrobe = wardrobe_of("zh-Hans", '<p>直“—…” <span lang="en">it’s</span></p>', store)
    for mark in "“”—…·":
        for stack in wardrobe.stacks():
            found = [wardrobe.find(family, 400) for family in stack]
            first = next(prepared for prepared in found if prepared and ord(mark) in prepared.coverage)
            assert first.face.family == "Imprint CJK"
    english = wardrobe.find(wardrobe.stacks("en").serif[0], 400)
    assert english is not None
    assert ord("’") in english.coverage
    assert ':lang("en") { --serif: "Imprint Serif"' in wardrobe.css()


def test_every_face_is_there_once(store: Store) -> None:
    """No two prepared faces share family, weight and slant."""
    faces = [prepared.face for prepared in wardrobe_of("zh-Hans", '<p>直<i lang="hi">दु</i></p>', store).faces]
    keys = [(face.family, face.weight, face.italic) for face in faces]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("tag", "system"),
    [("zh", "ZHS "), ("zh-Hans-SG", "ZHS "), ("zh-TW", "ZHT "), ("zh-Hant", "ZHT "), ("zh-Hant-HK", "ZHH "),
     ("ja-JP", "JAN "), ("ko", "KOR "), ("en", None), ("za", None)],
)  # fmt: skip
def test_han_system(tag: str, system: str | None) -> None:
    """A language tag chooses the Han forms by its longest known prefix."""
    assert han_system(tag) == system


def test_characters_of_page_styles_and_drawings() -> None:
    """Text, data attributes, CSS strings with escapes and SVG text count; titles, scripts and controls do not."""
    html = '<title>T</title><p data-x="D" title="no">a&eacute;<script>S</script>\u200b</p>'
    found = collect_characters(html, ['p::before { content: "\\25C6 z" } /* "C" */'], ["<svg><text>v</text></svg>"])
    assert found.drawn == frozenset("Daé◆zv")
    assert "\u0e4d" in collect_characters("<p>\u0e33</p>", (), ()).wanted


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\\\n\r\f\0')))
def test_css_strings_are_found(text: str) -> None:
    """Any text written as a CSS string is found as it is."""
    if "/*" not in text:
        assert list(css_strings(f'a {{ content: "{text}" }}')) == [text]


def test_uncovered_characters_are_all_named(store: Store) -> None:
    """Every missing character is an error of its own; covered ones are none."""
    characters = collect_characters("<p>a\U00010000\U0001f600</p>", (), ())
    diagnostics = Diagnostics()
    wardrobe = prepare_wardrobe("en", characters, find_fonts(), store)
    check_coverage(characters, wardrobe, lambda _: None, diagnostics)
    assert ["U+10000" in diagnostics.errors[0].message, "U+1F600" in diagnostics.errors[1].message] == [True, True]
    assert len(diagnostics.errors) == 2


def test_store_keeps_and_checks(tmp_path: Path) -> None:
    """A stored face is not made again; a damaged one is."""
    store = Store(tmp_path)
    made = []

    def make() -> bytes:
        made.append(1)
        return b"face"

    assert [store.fetch("key", make), store.fetch("key", make)] == [b"face", b"face"]
    assert len(made) == 1
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(entry.read_bytes()[:-1] + b"?")
    assert store.fetch("key", make) == b"face"
    assert len(made) == 2


def test_a_kept_face_is_found_again_by_another_process() -> None:
    """The key of a face does not depend on the hash seed."""
    program = (
        "from imprint.paginate.wardrobe import face_key\n"
        "from imprint.paginate.library import find_fonts\n"
        "print([face_key(face, file, frozenset({65}), '') for face, file in find_fonts().files.items()])\n"
    )
    keys = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(keys) == 1


def test_a_new_ideograph_makes_no_latin_face_anew(tmp_path: Path) -> None:
    """A face is kept by the characters that its file has, not by all of the page."""
    store = Store(tmp_path)
    before = wardrobe_of("zh-Hans", "<p>a 隐</p>", store).faces
    made = len(list(tmp_path.iterdir()))
    after = wardrobe_of("zh-Hans", "<p>a 隐私</p>", store).faces
    changed = {new.face.family for old, new in zip(before, after, strict=True) if old.data != new.data}
    assert changed == {CJK}
    assert len(list(tmp_path.iterdir())) == made + sum(new.face.family == CJK for new in after)


def files_of(language: str, html: str, folder: Path | None, hands: int) -> list[bytes]:
    wardrobe = prepare_wardrobe(language, collect_characters(html, (), ()), find_fonts(), Store(folder), hands)
    return [prepared.data for prepared in wardrobe.faces]


def test_two_hands_sew_the_same(tmp_path: Path) -> None:
    """Shared out between two processes, the faces are the same, and all are kept."""
    page = '<p>Privacy 隐私“—”<span lang="hi">दुनिया</span></p>'
    limits = Limits(cpu_seconds=120, wall_seconds=240)
    alone = run_confined(files_of, ("zh-Hans", page, None, 1), limits)
    assert run_confined(files_of, ("zh-Hans", page, tmp_path, 2), limits) == alone
    assert len(list(tmp_path.iterdir())) == len(alone)
