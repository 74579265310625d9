"""Plural forms: the gettext header that CLDR's rules ask for, and whether another header says the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import c2py

from babel import Locale
from babel.plural import to_gettext

from imprint.localize.plural import parse_plural

# CLDR's order of categories (UTS #35, part 3, 5.1), which is the order of the forms in a catalog.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
# Rules look at the last two digits; a million is where French, Spanish, Italian and Portuguese have one more form.
_COUNTED = tuple(range(1001))
_SAMPLES = (*_COUNTED, 10_000, 100_000, 1_000_000, 2_000_000)


@dataclass(frozen=True, slots=True)
class PluralForms:
    """A language's plural forms: how many, the C expression in `n`, and the CLDR category of each form."""

    count: int
    expression: str
    categories: tuple[str, ...]
    # For each form, the counting numbers 0 … 1000 that take it.
    numbers: tuple[frozenset[int], ...]

    @property
    def header(self) -> str:
        """The value of a catalog's `Plural-Forms` header."""
        return f"nplurals={self.count}; plural={self.expression};"

    def is_lone(self, form: int) -> bool:
        """Whether the form is used for one single number (which a translation may then leave unwritten)."""
        return form < len(self.numbers) and len(self.numbers[form]) == 1


@cache
def plural_forms(locale: Locale) -> PluralForms:
    """The forms that CLDR's rules give to whole numbers.

    Categories that no whole number takes (the fractions of Russian) get no form. Nor does the "many" that French,
    Spanish, Italian and Portuguese have for round millions only: gettext's own tables leave it out, and so does
    every catalog in these languages; `agrees` takes a header with or without it.
    """
    rule = locale.plural_form
    used = {rule(n) for n in _COUNTED}
    names = tuple(name for name in CATEGORIES if name in used)
    numbers = tuple(frozenset(n for n in _COUNTED if rule(n) == name) for name in names)
    return PluralForms(len(names), _expression(rule, names), names, numbers)


# The usual shapes of the expression, so that a header reads as translators know it; the first that agrees is taken.
_USUAL = (
    "0",
    "(n != 1)",
    "(n > 1)",
    "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2)",
    "(n==1 ? 0 : n==2 ? 1 : 2)",
    "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)",
)


def _expression(rule: Callable[[int], str], names: tuple[str, ...]) -> str:
    for expression in _USUAL:
        index = c2py(expression)
        if all(index(n) < len(names) and names[index(n)] == rule(n) for n in _COUNTED):
            return expression
    # Babel counts the unused categories too, so its numbers are mapped onto the used ones.
    text = str(to_gettext(rule))  # type: ignore[arg-type]
    expression = text.partition("plural=")[2].rstrip("; ")
    tags = {*getattr(rule, "tags", ()), "other"}
    ordered = [name for name in CATEGORIES if name in tags]
    number = {str(ordered.index(name)): str(names.index(name) if name in names else 0) for name in ordered}
    expression = re.sub(r"(?<=[?:] )(\d)(?= :|\)|$)", lambda match: number[match[1]], expression).replace(" ", "")
    return _tidied(expression)


def _tidied(expression: str) -> str:
    """The expression without the parentheses that Babel writes for safety."""
    expression = re.sub(r"\((n%\d+)\)", r"\1", expression)
    while (shorter := re.sub(r"\(\(([^()]*)\)\)", r"(\1)", expression)) != expression:
        expression = shorter
    return expression


def agrees(value: str, forms: PluralForms, locale: Locale) -> bool:
    """Whether the header value gives each number the form that CLDR gives it. Raises PluralError for a bad value."""
    plural = parse_plural(value)
    # gettext's own compiler is quick; the expression is known to be good.
    function = c2py(plural.expression)
    rule = locale.plural_form
    used = {rule(n) for n in _SAMPLES}
    full = [name for name in CATEGORIES if name in used]
    if plural.forms == len(full) and all(full[function(n)] == rule(n) for n in _SAMPLES):
        return True
    ours = c2py(forms.expression)
    return plural.forms == forms.count and all(function(n) == ours(n) for n in _COUNTED)
