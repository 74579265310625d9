"""The typefaces on offer: which font file of which wheel plays which part, and the stack of families of a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Face:
    """One file that CSS can name: a family, a weight (CSS, 1 to 1000) and a slant.

    `wheel` and `file` say where it comes from (a distribution's name, a path inside it), `axes` where its variable
    axes are pinned (OpenType tag, value in the axis's own unit), and `without` which characters are taken from it.
    """

    family: str
    weight: int
    italic: bool
    wheel: str
    file: str
    axes: tuple[tuple[str, float], ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The stem of the prepared file: `imprint-serif-700-italic`."""
        slant = "-italic" if self.italic else ""
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}{slant}"


@dataclass(frozen=True, slots=True)
class Stacks:
    """What CSS gets for one language, as lists of families: text, headings, code, and large titles."""

    serif: tuple[str, ...]
    sans: tuple[str, ...]
    mono: tuple[str, ...]
    display: tuple[str, ...]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter((self.serif, self.sans, self.mono, self.display))


SERIF, SANS, MONO, DISPLAY, CJK = "Imprint Serif", "Imprint Sans", "Imprint Mono", "Imprint Display", "Imprint CJK"
NASKH, ARABIC = "Imprint Naskh", "Imprint Arabic"

# Latin families have a twin without the punctuation that Chinese and Japanese share with Latin: these marks are a full
# em wide there and must come from the CJK face. Pango chooses fonts by coverage alone, so a family of its own it is.
HAN_SUFFIX = " Han"
SHARED_PUNCTUATION = frozenset("“”‘’—…·⋯―")

# OpenType language systems of the Han regions (OpenType registry), by BCP 47 prefix; the longest prefix wins.
HAN_SYSTEMS: Mapping[str, str] = MappingProxyType(
    {
        "zh": "ZHS ", "zh-hans": "ZHS ", "zh-cn": "ZHS ", "zh-sg": "ZHS ", "zh-my": "ZHS ",
        "zh-hant": "ZHT ", "zh-tw": "ZHT ", "zh-hk": "ZHH ", "zh-mo": "ZHH ", "zh-hant-hk": "ZHH ",
        "zh-hant-mo": "ZHH ", "yue": "ZHH ", "ja": "JAN ", "ko": "KOR ",
    }
)  # fmt: skip

# Scripts of one family each: the languages (ISO 639) that are written in them, the wheel and the file's stem.
_SCRIPTS = (
    ("Imprint Hebrew", "he yi", "justmytype-intl-rtl", "hebrew/NotoSansHebrew"),
    ("Imprint Devanagari", "hi mr ne sa kok mai bho", "justmytype-intl-south-asia", "devanagari/NotoSansDevanagari"),
    ("Imprint Bengali", "bn as", "justmytype-intl-south-asia", "bengali/NotoSansBengali"),
    ("Imprint Tamil", "ta", "justmytype-intl-south-asia", "tamil/NotoSansTamil"),
    ("Imprint Telugu", "te", "justmytype-intl-south-asia", "telugu/NotoSansTelugu"),
    ("Imprint Thai", "th", "justmytype-intl-sea", "thai/NotoSansThai"),
    ("Imprint Lao", "lo", "justmytype-intl-sea", "lao/NotoSansLao"),
    ("Imprint Khmer", "km", "justmytype-intl-sea", "khmer/NotoSansKhmer"),
    ("Imprint Myanmar", "my shn mnw", "justmytype-intl-sea", "myanmar/NotoSansMyanmar"),
)  # fmt: skip
_ARABIC_LANGUAGES = frozenset({"ar", "fa", "ur", "ps", "sd", "ug", "ku", "ckb"})


def _latin(suffix: str, without: frozenset[str]) -> Iterable[Face]:
    serif, sans, mono = "fontpkg-source-serif-4", "fontpkg-source-sans-3", "fontpkg-source-code-pro"
    upright, italic = "SourceSerif4[opsz,wght].ttf", "SourceSerif4-Italic[opsz,wght].ttf"
    for weight, slanted in ((400, False), (600, False), (700, False), (400, True), (700, True)):
        # Source Serif's optical size is in points; text is set at about 10.
        pins = (("wght", float(weight)), ("opsz", 10.0))
        yield Face(SERIF + suffix, weight, slanted, serif, italic if slanted else upright, pins, without)
        file = "SourceSans3-Italic[wght].ttf" if slanted else "SourceSans3[wght].ttf"
        yield Face(SANS + suffix, weight, slanted, sans, file, (("wght", float(weight)),), without)
    for weight in (400, 700):
        yield Face(MONO + suffix, weight, False, mono, "SourceCodePro[wght].ttf", (("wght", float(weight)),), without)
    for weight in (300, 400, 600):
        yield Face(DISPLAY + suffix, weight, False, serif, upright, (("wght", float(weight)), ("opsz", 40.0)), without)


def _scripts() -> Iterable[Face]:
    for family, _, wheel, stem in _SCRIPTS:
        for weight in (400, 600, 700):
            pins = (("wght", float(weight)), ("wdth", 100.0))
            yield Face(family, weight, False, wheel, f"fonts/ofl/notosans{stem}[wdth,wght].ttf", pins)
    for weight in (400, 600, 700):
        pins = (("wght", float(weight)), ("wdth", 100.0))
        file = "fonts/ofl/notosansarabic/NotoSansArabic[wdth,wght].ttf"
        yield Face(ARABIC, weight, False, "justmytype-intl-rtl", file, pins)
    yield Face(NASKH, 400, False, "fontpkg-amiri", "Amiri-Regular.ttf")
    yield Face(NASKH, 700, False, "fontpkg-amiri", "Amiri-Bold.ttf")
    yield Face(CJK, 400, False, "noto-cjk-sans-jp-regular", "NotoSansCJKjp-Regular.otf")
    yield Face(CJK, 700, False, "noto-cjk-sans-jp-bold", "NotoSansCJKjp-Bold.otf")


FACES: tuple[Face, ...] = (
    *_latin("", frozenset()),
    *_latin(HAN_SUFFIX, SHARED_PUNCTUATION),
    *_scripts(),
)


def han_system(language: str) -> str | None:
    """The OpenType language system whose Han forms `language` (BCP 47) is written with; None if it uses no Han."""
    parts = language.lower().split("-")
    for length in range(len(parts), 0, -1):
        if (system := HAN_SYSTEMS.get("-".join(parts[:length]))) is not None:
            return system
    return None


def stacks_for(language: str, offered: Iterable[str]) -> Stacks:
    """The families for text in `language` (BCP 47), best first, of those `offered` (the prepared ones).

    A script's own font stands first, because the width of its spaces must fit its letters (Latin first leaves
    justified Devanagari lines short); Latin stands first for Chinese and Japanese, without the punctuation that is
    theirs, and for Korean. Each stack ends with Sans and Mono, which have the symbols that Serif lacks, and with every
    other script that is offered, so that a foreign word is drawn wherever it stands.
    """
    available = tuple(offered)
    primary = language.lower().split("-")[0]
    own, own_sans = _script_families(primary)
    # Korean quotation marks are as wide as Latin ones.
    suffix = HAN_SUFFIX if (han_system(language) or "KOR ") != "KOR " else ""
    serif, sans, mono, display = SERIF + suffix, SANS + suffix, MONO + suffix, DISPLAY + suffix

    def stack(*first: str) -> tuple[str, ...]:
        wanted = (*first, sans, mono, CJK, NASKH, ARABIC, *(family for family, *_ in _SCRIPTS))
        return tuple(dict.fromkeys(family for family in wanted if family in available))

    return Stacks(serif=stack(*own, serif), sans=stack(*own_sans, sans), mono=stack(mono), display=stack(*own, display))


def families_of(language: str) -> frozenset[str]:
    """The families that belong to `language` itself: they are offered even where their script is not met."""
    own, own_sans = _script_families(language.lower().split("-")[0])
    return frozenset((*own, *own_sans, CJK) if han_system(language) else (*own, *own_sans))


def _script_families(primary: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families of a language's own script, for text and for headings."""
    if primary in _ARABIC_LANGUAGES:
        return (NASKH,), (ARABIC,)
    own = tuple(family for family, languages, *_ in _SCRIPTS if primary in languages.split())
    return own, own
