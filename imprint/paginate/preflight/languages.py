"""Languages: the document's, and that of each passage, held against the script in which it is written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from babel.core import parse_locale

from imprint.base.edition import likely_scripts
from imprint.paginate.preflight.expectation import Expectation
from imprint.paginate.preflight.opened import Opened
from imprint.paginate.preflight.tree import Content, Node

# BCP 47 (RFC 5646, 2.1): language, extended language, script, region, variants and extensions; or private use.
_TAG = re.compile(
    r"([A-Za-z]{2,3}(-[A-Za-z]{3})?|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{2,8})*|x(-\w{1,8})+"
)
# The first word of a letter's Unicode name → ISO 15924.
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "CJK": "Hani",
    "HIRAGANA": "Hira", "KATAKANA": "Kana", "HANGUL": "Hang", "BOPOMOFO": "Bopo", "DEVANAGARI": "Deva",
    "BENGALI": "Beng", "TAMIL": "Taml", "TELUGU": "Telu", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "KANNADA": "Knda",
    "MALAYALAM": "Mlym", "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr",
    "GEORGIAN": "Geor", "ARMENIAN": "Armn", "ETHIOPIC": "Ethi", "TIBETAN": "Tibt",
}  # fmt: skip
# What CLDR's composite and variant codes are made of.
_MADE_OF = {
    "Hans": {"Hani", "Bopo"}, "Hant": {"Hani", "Bopo"}, "Jpan": {"Hani", "Hira", "Kana"}, "Kore": {"Hang", "Hani"},
    "Aran": {"Arab"},
}  # fmt: skip
# A letter in a formula (π, μ) is no passage in Greek: so many letters together are.
_PASSAGE = 3


def check_languages(opened: Opened) -> None:
    """The document states its language; no passage is in a script that its own language is not written in.

    Latin letters are left alone everywhere: names of products and firms stand in texts of all languages.
    """
    language = opened.language
    if not language:
        opened.found.add("language-missing", "the document states no language")
    for tag in sorted({language, *(node.lang for node in opened.tree.nodes)} - {""}):
        if not _TAG.fullmatch(tag):
            opened.found.add("language-invalid", f"{tag!r} is not a language tag")
    seen: set[tuple[object, ...]] = set()
    letters: Counter[str] = Counter()
    for node in opened.tree.nodes:
        for kid in node.kids:
            if isinstance(kid, Content) and kid.key not in seen and (node.actual or kid.key not in opened.replaced):
                seen.add(kid.key)
                _check_passage(opened, node, kid, letters)
        if node.alt:
            _check_alt(opened, node)
    _check_document(opened, letters)


def _check_passage(opened: Opened, node: Node, kid: Content, letters: Counter[str]) -> None:
    text = node.actual if node.actual is not None else opened.text_of(kid.key)
    if text.isascii():
        letters["Latn"] += sum(map(str.isalpha, text))
        return
    scripts = count_scripts(text)
    letters.update(scripts)
    mark = opened.contents[kid.key[0]].marks.get(kid.key) if 0 <= kid.key[0] < len(opened.contents) else None
    language = (mark.lang if mark else "") or node.lang
    foreign = _foreign(scripts, language)
    if foreign:
        message = f"“{text.strip()[:40]}” is in {foreign}, but its language is {language}"
        opened.found.add("language-script", message, kid.key[0] + 1, node.object_id)


def _check_alt(opened: Opened, node: Node) -> None:
    foreign = _foreign(count_scripts(node.alt or ""), node.lang)
    if foreign:
        message = f"the alternative text “{(node.alt or '')[:40]}” is in {foreign}, but its language is {node.lang}"
        opened.found.add("language-script", message, node.number, node.object_id)


def _check_document(opened: Opened, letters: Counter[str]) -> None:
    """A document of which not one letter in ten is in its language's script has the wrong language."""
    written = scripts_of(opened.language)
    total = sum(letters.values())
    if written and total >= 20 and sum(letters[script] for script in written) * 10 < total:
        most = letters.most_common(1)[0][0]
        message = f"the document's language is {opened.language}, but its text is in {most}"
        opened.found.add("language-script", message)


def _foreign(scripts: Counter[str], language: str) -> str:
    """The script of a passage that the language is not written in; empty where all is well or nothing is known."""
    written = scripts_of(language)
    if not written:
        return ""
    foreign = [script for script, n in scripts.items() if script != "Latn" and script not in written and n >= _PASSAGE]
    return foreign[0] if foreign else ""


def count_scripts(text: str) -> Counter[str]:
    """How many letters of each script (ISO 15924) the text has."""
    return Counter(filter(None, map(_script, text)))


@cache
def _script(character: str) -> str:
    if not character.isalpha():
        return ""
    return _SCRIPTS.get(re.split("[ -]", unicodedata.name(character, "?"))[0], "")


@cache
def scripts_of(language: str) -> frozenset[str]:
    """The scripts that CLDR expects a language tag to be written in; none for a tag that it does not know."""
    try:
        name, _, script, *_ = parse_locale(language, sep="-")
    except ValueError:
        return frozenset()
    found = likely_scripts(name) if script is None else {script}
    scripts = frozenset().union(*(_MADE_OF.get(code, {code}) for code in found))
    return scripts & frozenset(_SCRIPTS.values())


def check_expected_language(opened: Opened, expected: Expectation) -> None:
    """The document's language is the edition's."""
    if expected.language is not None and opened.language.lower() != expected.language.lower():
        stated = opened.language or "none"
        opened.found.add("language-unexpected", f"the document's language is {stated}, not {expected.language}")
