"""A catalog's plural rule: the C expression of `Plural-Forms` → the form's number for n, without eval."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

# CLDR has six plural categories, and no catalog in use has more forms; hostile headers ask for 10⁹.
FORMS_LIMIT = 10
# Also the bound of the parser's recursion; the longest rule in use (Welsh, Breton) has under 200 characters.
LENGTH_LIMIT = 400
DEPTH_LIMIT = 40
# msgfmt tries the expression for these n (plural-eval.c: check_plural_eval).
TRIED = 1000

_HEADER = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
_TOKEN = re.compile(r"\s*(?:(\d{1,10})(?!\d)|(n)\b|(==|!=|<=|>=|&&|\|\||[-+*/%!<>()?:]))")

Evaluator = Callable[[int], int]

_LEVELS: tuple[dict[str, Callable[[int, int], int]], ...] = (
    {"||": lambda a, b: int(bool(a) or bool(b))},
    {"&&": lambda a, b: int(bool(a) and bool(b))},
    {"==": operator.eq, "!=": operator.ne},
    {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge},
    {"+": operator.add, "-": operator.sub},
    {"*": operator.mul, "/": operator.floordiv, "%": operator.mod},
)


class PluralError(ValueError):
    """The rule cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Plural:
    """A plural rule: the number of forms, and the expression that chooses one."""

    forms: int
    expression: str

    def form(self, n: int) -> int:
        """Which of the forms says `n`, counted from 0. Raises PluralError where the rule fails for this n."""
        return _evaluate(_Parser(self.expression).parse(), n)

    @property
    def header(self) -> str:
        """The value of the header field."""
        return f"nplurals={self.forms}; plural={self.expression};"


def parse_plural(header: str) -> Plural:
    """The rule that a `Plural-Forms` header states. Raises PluralError; takes milliseconds on hostile input.

    Checked as by msgfmt: for n from 0 to 1000 the expression divides by no zero and stays between 0 and the number
    of forms.
    """
    found = _HEADER.fullmatch(header[: LENGTH_LIMIT * 2])
    if not found:
        raise PluralError("is not of the form 'nplurals=INTEGER; plural=EXPRESSION;'")
    forms = int(found[1][:12])
    if not 1 <= forms <= FORMS_LIMIT:
        raise PluralError(f"asks for {found[1][:12]} plural forms; no language has more than {FORMS_LIMIT}")
    plural = Plural(forms, found[2])
    rule = _Parser(plural.expression).parse()
    for n in range(TRIED + 1):
        value = _evaluate(rule, n)
        if not 0 <= value < forms:
            raise PluralError(f"has {forms} forms, but its expression gives {value} for n = {n}")
    return plural


def _evaluate(rule: Evaluator, n: int) -> int:
    try:
        return rule(n)
    except ZeroDivisionError:
        raise PluralError(f"divides by zero for n = {n}") from None


class _Parser:
    """Recursive descent over the grammar of GNU gettext's plural.y: a closure for each node."""

    def __init__(self, expression: str) -> None:
        if len(expression) > LENGTH_LIMIT:
            raise PluralError(f"is longer than {LENGTH_LIMIT} characters")
        self._tokens: list[str] = []
        end = 0
        while end < len(expression):
            found = _TOKEN.match(expression, end)
            if not found:
                raise PluralError(f"has an expression that is not one, at '{expression[end : end + 12].strip()}'")
            self._tokens.append(found.group().strip())
            end = found.end()
        self._tokens.reverse()
        self._depth = 0

    def parse(self) -> Evaluator:
        rule = self._ternary()
        if self._tokens:
            raise PluralError(f"has an expression that is not one, at '{self._tokens[-1]}'")
        return rule

    def _next(self, *wanted: str) -> str | None:
        if self._tokens and (not wanted or self._tokens[-1] in wanted):
            return self._tokens.pop()
        return None

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise PluralError(f"is nested deeper than {DEPTH_LIMIT}")

    def _ternary(self) -> Evaluator:
        self._deeper()
        test = self._binary(0)
        if self._next("?"):
            yes = self._ternary()
            if not self._next(":"):
                raise PluralError("has a '?' without its ':'")
            no = self._ternary()
            condition = test
            test = lambda n: yes(n) if condition(n) else no(n)  # noqa: E731 - a node, like its neighbours
        self._depth -= 1
        return test

    def _binary(self, level: int) -> Evaluator:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while sign := self._next(*_LEVELS[level]):
            left = _node(_LEVELS[level][sign], left, self._binary(level + 1))
        return left

    def _unary(self) -> Evaluator:
        token = self._next()
        if token == "!":
            self._deeper()
            inner = self._unary()
            self._depth -= 1
            return lambda n: int(not inner(n))
        if token == "(":
            inner = self._ternary()
            if not self._next(")"):
                raise PluralError("has a '(' without its ')'")
            return inner
        if token == "n":
            return lambda n: n
        if token and token.isdigit():
            value = int(token)
            return lambda _: value
        raise PluralError(f"has an expression that ends or breaks at '{token or ''}'")


def _node(combine: Callable[[int, int], int], left: Evaluator, right: Evaluator) -> Evaluator:
    return lambda n: int(combine(left(n), right(n)))
