"""The rule of markup slips: what translators' keyboards make of Markdown, named for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

# (pattern, what it is, what to do). Each pattern needs something that plain prose does not have.
_SLIPS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), what, hint)
    for pattern, what, hint in (
        (r"\][\s\u00a0\u3000]+\((?=https?:|mailto:|#|[\w./-]+\))", "a space between ']' and '('",
         "write [words](target) without a space"),
        (r"\][\s\u00a0\u3000]*（\s*(?:https?[:：]|mailto:|[#＃]|www\.)[^（）()\n]{0,400}[）)]|\]\((?=[^()\n]{0,400}）)", "full-width parentheses round a link's target",
         "write the plain ( and ) of the source"),
        (r"（\s*[#＃][\w-]+\s*[）)]|\(\s*＃[\w-]+\s*\)|\]\(\s+#[\w-]+|\]\(#\s+[\w-]+",
         "a cross reference with full-width signs or spaces", "write (#id) as in the source"),
        (r"[［【〔][^［】］〕\]\n]{0,400}[］】〕\]][\s\u3000]*[(（](?=https?:|mailto:|[#＃])", "full-width brackets round a link's words",
         "write the plain [ and ] of the source"),
        (r"[［【〔\[]\s*[＾^]\s*[^\s\]］】〕]+\s*[］】〕]|[［【〔]\s*[＾^]|\[(?:\s+\^|\^\s|\s*＾)", "a footnote reference with spaces or full-width signs",
         "write [^name] as in the source"),
        (r"[［【〔]\s*[＠@]|\[(?:\s+@|@\s|\s*＠)", "a citation with spaces or full-width signs", "write [@key] as in the source"),
        (r"＊|﹡|∗", "a full-width asterisk", "write the plain * of the source"),
        (r"(?:^|[\s(（])\*\*[ \u3000][^*\n]{1,200}[ \u3000]\*\*(?!\*)", "spaces inside the ** marks",
         "write **words** with the marks close to them"),
        (r"(?<!\\)\\\s+[*_\[]", "a space after a backslash", "write the backslash and its character together"),
        (r"｀|´{1,3}[^´\n]{1,80}´", "an accent or full-width mark in place of a backtick", "write the plain ` of the source"),
        (r"！\[", "a full-width exclamation mark before an image", "write ![words](picture)"),
        (r"[<＜]\s+/?(?:abbr|sub|sup|kbd|bdi|span)\b|＜/?(?:abbr|sub|sup|kbd|bdi|span)\b|[<＜]\s*[/／]\s+\w+\s*[>＞]",
         "a tag with spaces or full-width signs", "write the tag as in the source"),
        (r"\([^()\n]{1,200}\)\[(?:https?:|mailto:|#)[^\]\n]*\]", "brackets and parentheses of a link changed places",
         "write [words](target)"),
        (r"\]\(\s*(?:https?\s*[:：]\s+/|https?\s*：|[Hh]ttps? ?: ?/ ?/ )", "an address with spaces or full-width signs",
         "copy the address from the source"),
    )
)  # fmt: skip


@rule("markup-slip", Severity.ERROR)
def check_slips(subject: Subject) -> Iterator[Complaint]:
    """Markup that a keyboard or a habit spoilt: it would be printed as it stands."""
    for pattern, what, hint in _SLIPS:
        match = pattern.search(subject.msgstr)
        if match and not pattern.search(subject.msgid):
            yield Complaint(f"{what} ('{match[0].strip()[:60]}')", hint)
