"""The rules of inline Markdown: a translation has the source's markup, in whatever order its language needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.placeholders import nearest
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject


def _differences(subject: Subject, kinds: tuple[str, ...], noun: str, shape: str, hint: str) -> Iterator[Complaint]:
    """What is missing and what is new among the tokens of these kinds; a new one close to a missing one is its slip."""
    source, target = subject.source.counts(*kinds), subject.target.counts(*kinds)
    gone, come = list((source - target).elements()), list((target - source).elements())
    for value in list(come):
        slip = nearest(value, gone) or (gone[0] if len(gone) == 1 and len(come) == 1 else "")
        if slip:
            gone.remove(slip)
            come.remove(value)
            was, now = shape.format(_short(slip)), shape.format(_short(value))
            yield Complaint(f"the {noun} '{was}' became '{now}'", hint)
    for value, count in Counter(gone).items():
        lost = "is missing" if value not in target else f"stands {target[value]} times and not {target[value] + count}"
        yield Complaint(f"the {noun} '{shape.format(_short(value))}' {lost}", hint)
    for value in Counter(come):
        yield Complaint(f"the {noun} '{shape.format(_short(value))}' is not in the source", hint)


def _short(value: str) -> str:
    return value if len(value) <= 80 else value[:77] + "…"


@rule("links", Severity.ERROR)
def check_links(subject: Subject) -> Iterator[Complaint]:
    """Links go where the source's go; addresses in the text are the source's."""
    hint = "keep the link's target, and write it as [words](target) with nothing between the brackets"
    yield from _differences(subject, ("link",), "link", "[…]({})", hint)
    hint = "keep the address as it is"
    yield from _differences(subject, ("autolink", "url"), "address", "{}", hint)


@rule("references", Severity.ERROR)
def check_references(subject: Subject) -> Iterator[Complaint]:
    """Cross references without words, [](#id), stay so: the build writes their words in the reader's language."""
    hint = "copy the reference from the source, with empty brackets: the build writes its number"
    yield from _differences(subject, ("reference",), "cross reference", "[]({})", hint)


@rule("code", Severity.ERROR)
def check_code(subject: Subject) -> Iterator[Complaint]:
    """Code spans are verbatim."""
    yield from _differences(subject, ("code",), "code", "`{}`", "copy the code from the source, with its backticks")


@rule("footnotes", Severity.ERROR)
def check_footnotes(subject: Subject) -> Iterator[Complaint]:
    """Footnote references are the source's."""
    hint = "copy it from the source, without spaces: the name is an identifier, not a word"
    yield from _differences(subject, ("footnote",), "footnote reference", "[^{}]", hint)


@rule("citations", Severity.ERROR)
def check_citations(subject: Subject) -> Iterator[Complaint]:
    """Citations are the source's: each claim keeps its source."""
    hint = "copy it from the source: its keys are identifiers, not words"
    yield from _differences(subject, ("citation",), "citation", "[{}]", hint)


@rule("images", Severity.ERROR)
def check_images(subject: Subject) -> Iterator[Complaint]:
    """Images are the source's."""
    yield from _differences(subject, ("image",), "image", "![…]({})", "keep the image's path; translate its words only")


@rule("tags", Severity.ERROR)
def check_tags(subject: Subject) -> Iterator[Complaint]:
    """Inline HTML tags are the source's (an abbreviation's title may be translated)."""
    source, target = (
        Counter(_tag(t.value) for t in i.tokens if t.kind == "html") for i in (subject.source, subject.target)
    )
    for value in source - target:
        yield Complaint(f"the tag '{value}' is missing", "copy it from the source, opening and closing")
    for value in target - source:
        yield Complaint(f"the tag '{value}' is not in the source", "use only the markup that the source has")


def _tag(value: str) -> str:
    """The tag without what may be translated: <abbr title="…"> is <abbr title>."""
    name, _, rest = value.strip("<>").partition(" ")
    if name.casefold() == "abbr" and rest:
        return "<abbr title>" if rest.strip().casefold().startswith("title=") and "=" not in rest[6:] else value
    return value


@rule("emphasis", Severity.ERROR)
def check_emphasis(subject: Subject) -> Iterator[Complaint]:
    """As many strong and as many emphasised passages as the source has."""
    for kind, mark in (("strong", "**"), ("emphasis", "*")):
        source = sum(1 for token in subject.source.tokens if token.kind == kind)
        target = sum(1 for token in subject.target.tokens if token.kind == kind)
        if source != target:
            what = "strong" if kind == "strong" else "emphasised"
            hint = f"mark the same passages with {mark} before and after, without spaces inside"
            if subject.profile.spaceless and "_" in subject.msgstr:
                hint += "; '_' marks nothing between letters of a script without spaces: use '*'"
            yield Complaint(f"{source} {what} passage{'s' * (source != 1)} in the source, {target} here", hint)
