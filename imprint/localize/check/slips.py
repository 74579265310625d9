"""The rule of markup slips: what translators' keyboards make of Markdown, named for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

_OPEN, _CLOSE = "[［【〔]", "[］】〕]"
_NAMES = "abbr|sub|sup|kbd|bdi|span"
_GOES = r"https?[:：]|mailto:|[#＃]|www\."

# What it is, what to do, and how it looks. Each pattern needs something that plain prose does not have.
_SLIPS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (what, hint, re.compile("|".join(patterns)))
    for what, hint, *patterns in (
        (
            "a space between ']' and '('",
            "write [words](target) without a space",
            r"\][\s\u00a0\u3000]+\((?=https?:|mailto:|#|[\w./-]+\))",
        ),
        (
            "full-width parentheses round a link's target",
            "write the plain ( and ) of the source",
            rf"\][\s\u00a0\u3000]*（\s*(?:{_GOES})[^（）()\n]{{0,400}}[）)]",
            r"\]\((?=[^()\n]{0,400}）)",
        ),
        (
            "a cross reference with full-width signs or spaces",
            "write (#id) as in the source",
            r"（\s*[#＃][\w-]+\s*[）)]",
            r"\(\s*＃[\w-]+\s*\)",
            r"\]\(\s+#[\w-]+",
            r"\]\(#\s+[\w-]+",
        ),
        (
            "full-width brackets round a link's words",
            "write the plain [ and ] of the source",
            rf"{_OPEN}[^［【〔［】］〕\]\n]{{0,400}}(?:{_CLOSE}|\])[\s\u3000]*[(（](?={_GOES})",
        ),
        (
            "a footnote reference with spaces or full-width signs",
            "write [^name] as in the source",
            rf"(?:{_OPEN}|\[)\s*[＾^]\s*[^\s\]］】〕]{{1,80}}\s*{_CLOSE}",
            rf"{_OPEN}\s*[＾^]",
            r"\[(?:\s+\^|\^\s|\s*＾)",
        ),
        (
            "a citation with spaces or full-width signs",
            "write [@key] as in the source",
            rf"{_OPEN}\s*[＠@]",
            r"\[(?:\s+@|@\s|\s*＠)",
        ),
        ("a full-width asterisk", "write the plain * of the source", "[＊﹡∗]"),
        (
            "spaces inside the ** marks",
            "write **words** with the marks close to them",
            r"(?:^|[\s(（])\*\*[ \u3000][^*\n]{1,200}[ \u3000]\*\*(?!\*)",
        ),
        (
            "a space after a backslash",
            "write the backslash and its character together",
            r"(?<!\\)\\[ \u3000]{1,4}[*_\[]",
        ),
        (
            "an accent or full-width mark in place of a backtick",
            "write the plain ` of the source",
            r"｀|´{1,3}[^´\n]{1,80}´",
        ),
        ("a full-width exclamation mark before an image", "write ![words](picture)", r"！\["),
        (
            "a tag with spaces or full-width signs",
            "write the tag as in the source",
            rf"[<＜]\s{{1,4}}/?(?:{_NAMES})\b",
            rf"＜/?(?:{_NAMES})\b",
            r"[<＜]\s{0,4}[/／]\s{1,4}\w{1,20}\s{0,4}[>＞]",
        ),
        (
            "brackets and parentheses of a link changed places",
            "write [words](target)",
            r"\([^()\n]{1,200}\)\[(?:https?:|mailto:|#)[^\]\n]{0,400}\]",
        ),
        (
            "an address with spaces or full-width signs",
            "copy the address from the source",
            r"\]\(\s*(?:https?\s*[:：]\s+/|https?\s*：|[Hh]ttps? ?: ?/ ?/ )",
        ),
    )
)


@rule("markup-slip", Severity.ERROR)
def check_slips(subject: Subject) -> Iterator[Complaint]:
    """Markup that a keyboard or a habit spoilt: it would be printed as it stands."""
    for what, hint, pattern in _SLIPS:
        match = pattern.search(subject.msgstr)
        if match and not pattern.search(subject.msgid):
            yield Complaint(f"{what} ('{match[0].strip()[:60]}')", hint)
