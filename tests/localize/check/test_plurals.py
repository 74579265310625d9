"""Plural forms by CLDR, and headers held against them."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from imprint.base.diagnostic import Location, Severity
from imprint.localize.check.header import check_header
from imprint.localize.check.plurals import agrees, plural_forms
from imprint.localize.check.profile import profile_for
from imprint.localize.check.run import check_translation
from imprint.localize.check.subject import Pair

AT = Location("locales/de/LC_MESSAGES/messages.po", 1)
GOOD = {"Content-Type": "text/plain; charset=UTF-8", "Language": "de", "Plural-Forms": "nplurals=2; plural=(n != 1);"}


@pytest.mark.parametrize("tag", sorted({tag for tag in locale_identifiers() if "_" not in tag}))
def test_our_header_agrees_with_cldr(tag: str) -> None:
    """For every language of CLDR, the header we write gives each number CLDR's form."""
    locale = Locale.parse(tag)
    assert agrees(plural_forms(locale).header, plural_forms(locale), locale)


@pytest.mark.parametrize(
    ("tag", "count"),
    [("zh", 1), ("de", 2), ("fr", 2), ("ru", 3), ("pl", 3), ("he", 3), ("ar", 6), ("sl", 4), ("ga", 5)],
)
def test_counts(tag: str, count: int) -> None:
    """The number of forms is that of gettext's own tables."""
    assert plural_forms(Locale.parse(tag)).count == count


def test_the_form_for_millions_may_be_there() -> None:
    """French may have CLDR's third form for round millions, or not."""
    locale = Locale.parse("fr")
    assert agrees(
        "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;", plural_forms(locale), locale
    )


@pytest.mark.parametrize(
    ("change", "severity"),
    [
        ({"Content-Type": "text/plain; charset=ISO-8859-1"}, Severity.ERROR),
        ({"Content-Type": "text/plain"}, Severity.ERROR),
        ({"Language": "fr"}, Severity.ERROR),
        ({"Language": ""}, Severity.ERROR),
        ({"Plural-Forms": "nplurals=2; plural=(n > 1);"}, Severity.WARNING),
        ({"Plural-Forms": "nplurals=999999999; plural=n;"}, Severity.ERROR),
        ({"Plural-Forms": "nplurals=2; plural=n/0;"}, Severity.ERROR),
        ({"Plural-Forms": "nplurals=2; plural=__import__('os');"}, Severity.ERROR),
        ({"Plural-Forms": ""}, Severity.ERROR),
    ],
)
def test_a_bad_header_is_found(change: dict[str, str], severity: Severity) -> None:
    """Each field that is wrong is named, once."""
    found = check_header(GOOD | change, "de", profile_for("de"), AT)
    assert [(d.rule, d.severity) for d in found] == [("header", severity)]


def test_a_good_header_is_let_pass() -> None:
    """The header of a sane catalog has no finding, whatever the sign between its subtags."""
    assert check_header(GOOD, "de", profile_for("de"), AT) == []
    header = GOOD | {"Language": "zh-Hans", "Plural-Forms": "nplurals=1; plural=0"}
    assert check_header(header, "zh_Hans", profile_for("zh-Hans"), AT) == []


@pytest.mark.parametrize(
    ("name", "state", "message", "hint"),
    [
        ("X-Review", "reviewd", "X-Review is 'reviewd'", "did you mean 'reviewed'?"),
        ("X-Review", "REVIEWD", "X-Review is 'REVIEWD'", "did you mean 'reviewed'?"),
        ("X-Review", "Reviewed", "X-Review is 'Reviewed'", "did you mean 'reviewed'?"),
        ("X-Review", "DRAFT", "X-Review is 'DRAFT'", "did you mean 'draft'?"),
        ("X-Review", "Leagl", "X-Review is 'Leagl'", "did you mean 'Legal'?"),
        ("X-Review", "final", "X-Review is 'final'", "known: Legal, draft, reviewed; more"),
        ("x-review", "reviewed", "'x-review' is not read", "write 'X-Review: reviewed'"),
        ("X_REVIEW", "reviewed", "'X_REVIEW' is not read", "write 'X-Review: reviewed'"),
    ],
)
def test_a_review_that_nobody_finds(name: str, state: str, message: str, hint: str) -> None:
    """A slip in a catalog's review state, or in the field's name, is a warning with what is near it."""
    (found,) = check_header(GOOD | {name: state}, "de", profile_for("de"), AT, reviews=["Legal", "reviewed"])
    assert (found.rule, found.severity) == ("header", Severity.WARNING)
    assert found.message.startswith(message)
    assert found.hint.startswith(hint)


@pytest.mark.parametrize("state", ["draft", "reviewed", "Legal", ""])
def test_a_review_that_counts(state: str) -> None:
    """What `init` writes, what the docs name, what paper.toml asks for, and none at all, are states of a catalog."""
    assert check_header(GOOD | {"X-Review": state}, "de", profile_for("de"), AT, reviews=["Legal"]) == []


def ask_plural(lang: str, *msgstrs: str) -> list[str]:
    """The rules that speak of a plural message."""
    pair = Pair("{n} file", msgstrs, msgid_plural="{n} files")
    return [d.rule for d in check_translation(pair, profile_for(lang))]


def test_too_few_and_too_many_forms_are_errors() -> None:
    """Russian needs three forms, and has no fourth."""
    assert ask_plural("ru", "{n} файл", "{n} файла", "{n} файлов") == []
    assert ask_plural("ru", "{n} файл", "{n} файлов") == ["plural-forms"]
    assert ask_plural("ru", "{n} файл", "{n} файла", "", "{n} файлов") == ["plural-forms", "plural-forms"]


def test_a_form_for_one_number_may_leave_it_out() -> None:
    """The Arabic dual says "two files" in one word; the forms for many numbers must have the placeholder."""
    forms = ["لا ملفات", "ملف واحد", "ملفان", "{n} ملفات", "{n} ملفًا", "{n} ملف"]
    assert ask_plural("ar", *forms) == []
    assert ask_plural("ar", *forms[:5], "ملف") == ["placeholders"]
