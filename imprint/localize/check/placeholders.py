"""The rules of placeholders: {product} in content, and the format strings of flagged entries."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from imprint.base.diagnostic import Severity
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

# C99 7.19.6.1, with gettext's positions: %[n$][flags][width][.precision][length]conversion.
_PRINTF = re.compile(
    r"%(?:(?P<place>\d+)\$|\((?P<name>[^()]*)\))?(?P<flags>[-+ #0']*)(?:\d+|\*)?(?:\.(?:\d+|\*))?"
    r"(?:hh|h|ll|l|L|q|j|z|t)?(?P<type>[diouxXeEfFgGaAcspn%])"
)
_KIND = {**dict.fromkeys("di", "integer"), **dict.fromkeys("ouxX", "unsigned"), **dict.fromkeys("eEfFgGaA", "float")}
# Further than this from every name of the source, a name is a new one and not a slip.
_CLOSE = 0.6
# A brace that looks like a placeholder but is none: spaces inside, full-width braces, letters of another script.
_LIKE = re.compile(r"[{｛﹛]\s*([^\W\d][\w\s.-]{0,40}?)\s*[}｝﹜]")

_TWICE = re.compile(r"(\{[^\W\d]\w*\})[\s\u00a0]*\1")
# Braces that the value is shown in, both or one of them.
_DOUBLED = re.compile(r"\{\{[^\W\d]\w*\}\}?|\{[^\W\d]\w*\}\}")


def nearest(value: str, known: Counter[str] | list[str]) -> str:
    """The entry of `known` that `value` is probably a slip of, or ""."""
    distance = DamerauLevenshtein.normalized_similarity
    found = extractOne(value, list(known), scorer=distance, score_cutoff=_CLOSE)
    return str(found[0]) if found else ""


@rule("placeholders", Severity.ERROR)
def check_placeholders(subject: Subject) -> Iterator[Complaint]:
    """Each placeholder of the source stands in the translation under its own name, and no other does."""
    source, target = subject.source.counts("placeholder"), subject.target.counts("placeholder")
    missing, extra = source - target, target - source
    # A repeated placeholder may be said once less or more (a pronoun for a name): only absence is an error.
    gone = [name for name in missing if name not in target]
    for name in (name for name in extra if name not in source):
        slip = nearest(name, gone or list(source))
        if slip in gone:
            gone.remove(slip)
        hint = f"did you mean '{slip}'?" if slip else "use only the placeholders of the source, letter by letter"
        yield Complaint(f"'{name}' is not a placeholder of the source", hint)
    for match in _LIKE.finditer(subject.msgstr):
        proper = "{" + match[1].strip() + "}"
        if match[0] not in source and match[0] not in target and match[0] not in subject.msgid:
            slip = proper if proper in gone else nearest(proper, gone)
            if slip or "｛" in match[0]:
                gone = [name for name in gone if name != slip]
                yield Complaint(f"'{match[0]}' is not a placeholder", f"write '{slip or proper}', with plain braces")
    yield from _written_wrong(subject)
    if not subject.lone:
        for name in gone:
            yield Complaint(f"the placeholder '{name}' is missing", "put it where the value belongs in the sentence")


def _written_wrong(subject: Subject) -> Iterator[Complaint]:
    """Placeholders that would print their value twice, or braces around it."""
    for match in _TWICE.finditer(subject.msgstr):
        if match[0] not in subject.msgid:
            yield Complaint(f"'{match[1]}' stands twice in a row", "delete the second one")
    doubled = set(_DOUBLED.findall(subject.msgstr)) - set(_DOUBLED.findall(subject.msgid))
    for written in sorted(doubled):
        yield Complaint(f"'{written}' shows braces around the value", f"write '{{{written.strip('{}')}}}'")


@rule("brace-format", Severity.ERROR)
def check_brace_format(subject: Subject) -> Iterator[Complaint]:
    """Entries flagged python-brace-format: format fields beyond plain names ({0}, {name!r:>10}) are the same."""
    if "python-brace-format" not in subject.flags:
        return
    try:
        source = _fields(subject.msgid)
    except ValueError:
        return
    try:
        target = _fields(subject.msgstr)
    except ValueError as error:
        yield Complaint(f"the braces cannot be read as a format: {error}", "write each '{' with its '}'")
        return
    plain = re.compile(r"[A-Za-z_]\w*")
    for field in (source - target) if not subject.lone else ():
        if not plain.fullmatch(field) or "{" + field + "}" not in subject.source.counts("placeholder"):
            yield Complaint(f"the format field '{{{field}}}' is missing", "copy it from the source")
    for field in target - source:
        if not plain.fullmatch(field) or "{" + field + "}" not in subject.target.counts("placeholder"):
            yield Complaint(f"the format field '{{{field}}}' is not in the source", "use the source's fields only")


def _fields(text: str) -> set[str]:
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        for _, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    }


@rule("printf-format", Severity.ERROR)
def check_printf(subject: Subject) -> Iterator[Complaint]:
    """Entries flagged c-format or python-format: the same conversions, in order or by position, of the same types."""
    if not subject.flags & {"c-format", "python-format", "objc-format", "php-format"}:
        return
    source, target = _conversions(subject.msgid), _conversions(subject.msgstr)
    for key, (written, kind) in source.items():
        if key not in target:
            if not subject.lone:
                yield Complaint(f"the format specification '{written}' is missing", "copy it from the source")
        elif target[key][1] != kind:
            hint = "keep the type; change the order by positions: %1$s … %2$d"
            yield Complaint(f"'{written}' became '{target[key][0]}'", hint)
    for key in target.keys() - source.keys():
        yield Complaint(
            f"the format specification '{target[key][0]}' is not in the source", "write a percent sign as %%"
        )


def _conversions(text: str) -> dict[str, tuple[str, str]]:
    """Each conversion by its name or position: as written, and its kind of argument."""
    found: dict[str, tuple[str, str]] = {}
    order = 0
    for match in _PRINTF.finditer(text):
        if match["type"] == "%":
            continue
        order += 1
        found[match["name"] or match["place"] or str(order)] = (match[0], _KIND.get(match["type"], match["type"]))
    return found
