"""TOML in, plain data and the line of every key out; slips become diagnostics."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from imprint.base.diagnostic import Diagnostics, Location, Rejected
from imprint.base.sources import Absent, Sources
from imprint.content.limits import TOML_LIMIT

Model = TypeVar("Model", bound=BaseModel)

_HEADER = re.compile(r"^\s*(\[\[?)([^\]#]+)\]\]?\s*(?:#.*)?$")
_INTEGER_HINT = "write a smaller one; a longer one is a text"
# tomllib takes quadratic time for the parts of a dotted key.
_DEEP_KEY = re.compile(r"(?<![\w.-])(?:[\w-]+\.){100}")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")


class TomlFile:
    """One parsed file: its data, and `at(path)`, the place of a key in it."""

    def __init__(self, path: str, data: Mapping[str, Any], lines: Mapping[tuple[str | int, ...], int]) -> None:
        self.path = path
        self.data = data
        self.lines = lines

    def at(self, *keys: str | int) -> Location:
        """The place of `keys` (`"rows", 3, "name"`), or of the nearest table above it that has a line."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self.lines:
                return Location(self.path, self.lines[keys[:length]])
        return Location(self.path)


def load_toml(sources: Sources, path: str, diagnostics: Diagnostics) -> TomlFile | None:
    """Read and parse one TOML file; None, with an error kept, where it is missing or broken."""
    try:
        text = sources.read_text(path)
    except Absent:
        diagnostics.error("missing-file", f"{path} is missing", Location(path), "write it, or correct its name")
        return None
    except Rejected as rejected:
        diagnostics.extend(rejected.diagnostics)
        return None
    if len(text) > TOML_LIMIT:
        reason = f"{len(text):,} characters, more than the limit of {TOML_LIMIT:,}"
        diagnostics.error("too-large", reason, Location(path), "take out what is not needed")
        return None
    if found := _DEEP_KEY.search(text):
        at = Location(path, text.count("\n", 0, found.start()) + 1)
        diagnostics.error("toml", "nested too deeply", at, "a key has at most a dozen parts")
        return None
    try:
        file = TomlFile(path, tomllib.loads(text), _key_lines(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = re.sub(r" \(at .*\)$", "", str(error))
        at = Location(path, line)
        diagnostics.error("toml", f"not valid TOML: {reason}", at, "mend the line, or the one above it")
        return None
    except RecursionError:
        diagnostics.error("toml", "nested too deeply", Location(path), "flatten it")
        return None
    except ValueError:  # Python's own limit, before ours can be asked: int() of 4,300 digits
        diagnostics.error("toml", "a number of thousands of digits", Location(path), _INTEGER_HINT)
        return None
    large = [keys for keys, value in _leaves(file.data) if isinstance(value, int) and not -(2**63) <= value < 2**63]
    for keys in large:
        diagnostics.error("toml", "an integer of more than 64 bits", file.at(*keys), _INTEGER_HINT)
    return None if large else file


def _leaves(value: object, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every value that is neither a table nor an array, with its path."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*keys, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*keys, index))
    else:
        yield keys, value


def convert_toml(file: TomlFile, model: type[Model], diagnostics: Diagnostics) -> Model | None:
    """Check the data against the model; None, with every slip kept as an error, where it does not fit."""
    try:
        return model.model_validate(dict(file.data))
    except ValidationError as error:
        for slip in error.errors():
            _report(file, model, slip["loc"], slip["type"], slip["msg"].removeprefix("Value error, "), diagnostics)
    return None


def suggest(name: str, known: Iterable[str]) -> str:
    """“did you mean …?” for a slip of the pen, or the known names where none is near (at most twelve)."""
    names = sorted(known)
    # One letter of two is as near as a name of two letters can be.
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5 if len(name) <= 3 else 0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"known: {', '.join(names[:12])}{' …' if len(names) > 12 else ''}" if names else ""


def _report(
    file: TomlFile,
    model: type[BaseModel],
    keys: tuple[str | int, ...],
    kind: str,
    message: str,
    diagnostics: Diagnostics,
) -> None:
    """Keep one of pydantic's errors in our words."""
    name = ".".join(str(key) for key in keys if key != "[key]")
    at = file.at(*keys)
    if kind == "extra_forbidden":
        hint = suggest(str(keys[-1]), _fields(model, keys[:-1]))
        diagnostics.error("unknown-key", f"'{name}' is not a key of this file", at, hint)
    elif kind == "missing":
        diagnostics.error("missing-key", f"'{name}' is missing", at, "add it; docs/authors.md shows how")
    else:
        diagnostics.error("bad-value", f"'{name}': {message[:1].lower()}{message[1:]}", at, "docs/authors.md shows how")


def _fields(model: type[BaseModel], keys: tuple[str | int, ...]) -> Iterable[str]:
    """The field names of the model that stands at `keys` inside `model`."""
    for key in keys:
        field = model.model_fields.get(str(key))
        inner = _model_in(field.annotation) if field else None
        model = inner or model
    return model.model_fields


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `dict[str, Model]`, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Where each table and key of a valid TOML text begins: path → line, counted from 1."""
    lines: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if inside:
            inside = "" if line.count(inside) % 2 else inside
            continue
        if header := _HEADER.match(line):
            table = _table_path(header[1], _dotted(header[2]), counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            path = table + _dotted(key[1])
            lines.setdefault(path, number)
            inside = next((quote for quote in ('"""', "'''") if line.count(quote) % 2), "")
    return lines


def _table_path(
    bracket: str, names: tuple[str, ...], counts: dict[tuple[str | int, ...], int]
) -> tuple[str | int, ...]:
    """The path of a header: names, with the index of the current item after each array of tables."""
    path: tuple[str | int, ...] = ()
    for position, name in enumerate(names):
        path += (name,)
        if bracket == "[[" and position == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path += (counts[path],)
    return path


def _dotted(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in re.findall(r'"[^"]*"|\'[^\']*\'|[^.\s]+', key))
