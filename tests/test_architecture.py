"""The house's rules, read from the engine's own source: who imports whom, who reads, how long and how documented."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent / "imprint"
MODULES = sorted(HOUSE.rglob("*.py"))
MODULE_LINES = 300
FUNCTION_LINES = 60

# The one door.
DOOR = "base/sources.py"
# Who may read, write or look at clock and environment beside it, and why. An entry that is no longer needed fails.
SIDE_DOORS: Mapping[tuple[str, str], str] = {
    ("base/artifact.py", "fdopen"): "writes the artifact aside",
    ("base/artifact.py", "open"): "fsyncs the folder of the artifact",
    ("base/confine.py", "read_text"): "asks the kernel how much memory this process holds",
    ("localize/spelling.py", "read_bytes"): "word list of a locked package, no input of a paper",
    ("localize/spelling.py", "read_text"): "word list of a locked package, no input of a paper",
    ("localize/verdicts.py", "read_bytes"): "a cache whose entries are named by all they were made from",
    ("paginate/fontconfig.py", "environ"): "fontconfig is told of its file by FONTCONFIG_FILE alone",
    ("paginate/fontconfig.py", "write_bytes"): "the prepared faces, in a private folder",
    ("paginate/fontconfig.py", "write_text"): "fontconfig's own file, in a private folder",
    ("paginate/library.py", "read_bytes"): "fonts of the locked environment; their hashes go into the trace",
    ("paginate/preflight/preflight.py", "open"): "checks a PDF that somebody names, no paper",
    ("paginate/quicken_hyphens.py", "read_bytes"): "hyphenation patterns of a locked package, no input of a paper",
    ("paginate/store.py", "fdopen"): "a cache that cannot change an edition: an entry is checked by its own hash",
    ("paginate/store.py", "read_bytes"): "the same cache",
    ("paginate/store.py", "time"): "decides only which entries are thrown away first",
    ("paginate/toolchain.py", "read_text"): "metadata of the locked packages; their versions go into the record",
    ("paginate/wardrobe.py", "read_bytes"): "a font of the library above",
    ("release/folder.py", "fdopen"): "reads a release, which is no source of the paper",
    ("release/folder.py", "open"): "reads a release, which is no source of the paper",
    ("release/publish.py", "fdopen"): "writes a release aside",
    ("release/publish.py", "open"): "locks the folder of releases, and fsyncs it",
    ("schedule/matrix.py", "read_bytes"): "a cache beside the output, which is no source of the paper",
    ("schedule/state.py", "read_bytes"): "the output folder is no source of the paper",
    ("schedule/stats.py", "open"): "hashes what a finished edition's trace names, to compare: nothing is built from it",
    ("schedule/stats.py", "read_bytes"): "a cache beside the output, which is no source of the paper",
    ("schedule/stats.py", "time"): "decides only whether to remember a hash",
    ("shell/doctor.py", "read_text"): "the lock belongs to the machine's set-up, not to any edition",
    ("shell/main.py", "environ"): "IMPRINT_TRACEBACK shows a developer a bug's place; no edition depends on it",
    ("shell/main.py", "open"): "/dev/null, where the reader of a pipe has gone",
    ("shell/new.py", "read_bytes"): "copies the starter paper",
    ("shell/release.py", "environ"): "refuses a SOURCE_DATE_EPOCH that is none; a good one changes nothing",
    ("shell/release_keys.py", "read_bytes"): "a key that somebody names",
    ("shell/terminal.py", "environ"): "NO_COLOR (no-color.org)",
    ("shell/verify.py", "read_text"): "the trusted signers that somebody names",
}
_FORBIDDEN = frozenset(
    "open fdopen read_text read_bytes write_text write_bytes environ getenv today now utcnow urlopen".split()
)
# `X.open` that opens bytes already in memory, and modules where `read_bytes` is a method of pikepdf's streams.
IN_MEMORY = frozenset({"Image", "pikepdf", "Pdf"})
PIKEPDF_STREAMS = frozenset(f"paginate/preflight/{name}.py" for name in ("interpreter", "objects", "soundness"))
_CLOCK = frozenset({"time", "time_ns", "localtime", "gmtime"})


def name_of(path: Path) -> str:
    """The module's dotted name."""
    return ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)


def shown(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def stage_of(module: str) -> str:
    """`imprint.base.edition` → `base`; `imprint.pipeline` → `pipeline`."""
    return [*module.split("."), ""][1]


KNOWN = frozenset(name_of(path) for path in MODULES)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module, walked once for all rules."""
    return tuple(ast.walk(tree_of(path)))


@cache
def imports_of(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module of the house that this one imports and its line: at the top, in functions, for types."""
    return tuple(_imports_of(path))


def _imports_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names if alias.name.startswith("imprint"))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(path)}:{node.lineno}: a relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if (node.module or "").split(".")[0] == "imprint":
                    yield (whole if whole in KNOWN else node.module or ""), node.lineno


def test_the_rule_sees_the_house() -> None:
    """The walk finds the stages, and imports inside functions: a rule that looks at nothing would always hold."""
    assert {"base", "content", "localize", "markup", "paginate", "pipeline", "schedule", "shell"} <= {
        stage_of(name_of(path)) for path in MODULES
    }
    assert ("imprint.paginate.preflight.preflight", "prove") in {
        (module, path.stem) for path in MODULES for module, _ in imports_of(path)
    }


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_imports_only_its_own_stage_and_earlier_ones(path: Path) -> None:
    """A module imports only its own stage and stages that `ls imprint` prints before it."""
    own = stage_of(name_of(path))
    late = [f"{shown(path)}:{line}: {module}" for module, line in imports_of(path) if stage_of(module) > own]
    assert not late


def test_no_cycle() -> None:
    """No module imports itself by way of others, inside a stage or anywhere."""
    graph = {name_of(path): {module for module, _ in imports_of(path)} for path in MODULES}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join([*way[way.index(module) :], module])
        if module not in done:
            for needed in sorted(graph.get(module, ())):
                visit(needed, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=shown)
def test_init_holds_a_docstring_only(path: Path) -> None:
    """`__init__.py` holds a docstring and nothing else: re-exports breed cycles."""
    body = tree_of(path).body
    assert len(body) == 1
    assert ast.get_docstring(tree_of(path))


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_docstring_begins_with_one_sentence(path: Path) -> None:
    """A module says in one sentence what goes in and what comes out; a second paragraph may give a reason."""
    docstring = ast.get_docstring(tree_of(path)) or ""
    first, *rest = docstring.split("\n\n")
    assert first.endswith("."), "no sentence"
    assert not re.search(r"[.?!]\s", first), "more than one sentence"
    assert len(rest) <= 1, "more than two paragraphs"


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_length(path: Path) -> None:
    """A module has at most 300 lines, a function at most 60."""
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MODULE_LINES
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_names_say_what_is_in_them(path: Path) -> None:
    """No `utils`, `helpers`, `manager`, `handler`."""
    empty = {"utils", "util", "helpers", "helper", "manager", "handler", "misc", "common"}
    assert not empty & set(path.stem.split("_"))


def doors_of(path: Path) -> Iterator[tuple[str, int]]:
    """Calls and attributes that read files, the clock or the environment past `Sources`."""
    clocks = {
        alias.asname or alias.name
        for node in nodes_of(path)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
        if alias.name in _CLOCK
    }
    for node in nodes_of(path):
        if isinstance(node, ast.Attribute):
            clock = isinstance(node.value, ast.Name) and node.value.id == "time" and node.attr in _CLOCK
            # `sources.read_text(…)` is the door itself; `Image.open` reads what it is given.
            through = isinstance(node.value, ast.Name) and node.value.id in ("sources", "door", "self")
            through |= isinstance(node.value, ast.Attribute) and node.value.attr in ("_sources", "sources")
            opened = node.attr == "open" and isinstance(node.value, ast.Name) and node.value.id in IN_MEMORY
            opened |= node.attr == "read_bytes" and shown(path) in PIKEPDF_STREAMS
            if clock or (node.attr in _FORBIDDEN and not through and not opened):
                yield node.attr, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", *clocks}:
            yield node.func.id, node.lineno


def test_no_group_of_a_pattern_is_possessive() -> None:
    """Before 3.11.5, and Debian 12 has 3.11.2, such a group stays where its failed turn had got to (gh-106052)."""
    possessive = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")
    assert [shown(path) for path in MODULES if possessive.search(path.read_text("utf-8"))] == []
    assert possessive.search(r"(?:ab?c)*+")


def test_no_side_doors() -> None:
    """What an edition is made of is read through `Sources`; every exception is in the list, with its reason."""
    found = {(shown(path), name): line for path in MODULES if shown(path) != DOOR for name, line in doors_of(path)}
    strangers = [f"{file}:{line}: {name}" for (file, name), line in found.items() if (file, name) not in SIDE_DOORS]
    assert not strangers
    existing = {shown(path) for path in MODULES}
    assert not [key for key in SIDE_DOORS if key not in found and key[0] in existing], "no longer needed"


def test_the_door_reads() -> None:
    """The side-door finder sees the door itself, so that it cannot pass by seeing nothing."""
    assert {name for name, _ in doors_of(HOUSE / DOOR)} >= {"open", "fdopen"}
