"""Other ways to the same paper: Typst, Pandoc + WeasyPrint, Sphinx + sphinx-intl + sphinx-simplepdf, beside ours.

    python bench/others.py [--rounds N]

Typst and Sphinx come into virtual environments of their own below the system's temporary folder (pip makes them once;
they are no part of our lock); Pandoc is taken where the system has it. What cannot be had is a row with the reason.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from measure import ROOT, Command, Row, Run, Section, interleave, median, report, rounds, run, spread
from paper import make_page, write_bare
from typst_markup import to_typst

PLACE = Path(tempfile.gettempdir()) / "imprint-bench-venvs"
SPHINX = ("sphinx", "sphinx-intl", "sphinx-simplepdf", "myst-parser")
TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=sys.argv[3:], root=sys.argv[1].rpartition("/")[0])
"""
CONF = """
project = "MIUI 13 Privacy White Paper"
extensions = ["myst_parser", "sphinx_simplepdf"]
myst_enable_extensions = ["attrs_inline", "attrs_block", "deflist"]
locale_dirs = ["locale/"]
gettext_compact = "messages"
suppress_warnings = ["myst", "toc", "ref"]
exclude_patterns = ["_build"]
"""


def main() -> None:
    """Measure."""
    report("others", measure)


def environment(name: str, packages: tuple[str, ...]) -> str:
    """The Python of a virtual environment that has the packages. Raises CalledProcessError where they cannot be had."""
    python = PLACE / name / "bin" / "python"
    if not python.exists():
        venv.create(PLACE / name, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True, capture_output=True)
    return str(python)


def measure() -> Section:
    """Every program that can be had, in turn with ours."""
    with tempfile.TemporaryDirectory(prefix="imprint-bench-") as name:
        folder = Path(name)
        rows: list[Row] = []
        commands: dict[str, Command] = {}
        for language in ("zh", "en"):
            commands |= ours(folder, language)
        commands |= both(folder)
        for make in (typst, pandoc, sphinx):
            made, reason = attempt(make, folder)
            commands |= made
            rows += [Row(make.__name__, f"skipped: {reason}")] if reason else []
        runs = interleave(commands, rounds(3))
        pages = {key: pages_of(folder, key) for key in commands}
        return Section("The same paper by other programs", [*rows_of(runs, pages), *rows], _NOTES)


_NOTES = (
    "Typst gets a conversion of our final page (text, headings, lists, tables, notes, links, drawings; the labels in "
    "drawings are not laid out), Pandoc and Sphinx the Markdown of `content/`: neither knows our blocks, data tables, "
    "regions and cited sources, which they show as text or leave out, so they make fewer pages. Pandoc has no "
    "catalogs: its second language is the same text again. Sphinx finds in our catalog the messages whose msgid is the "
    "same.",
    "None of them proves what it made (layout, PDF/A, PDF/UA); ours does in the times above.",
)


def attempt(make: Callable[[Path], dict[str, Command]], folder: Path) -> tuple[dict[str, Command], str]:
    """The commands of one program, tried once; or the reason why there are none."""
    try:
        commands = make(folder)
        for command in commands.values():
            run(command)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or ""
        said = said.decode(errors="replace") if isinstance(said, bytes) else said
        return {}, " ".join(f"{error} {said}".split())[-300:]
    return commands, ""


def ours(folder: Path, language: str) -> dict[str, Command]:
    """One edition of ours, cold."""
    output, cache = folder / f"ours-{language}", folder / "cache"
    words = [sys.executable, str(ROOT / "build.py"), "--region", "cn", "--lang", language, "--draft", "-q"]
    return {
        f"ours {language}": Command(
            [*words, "--output", str(output), "--cache", str(cache)], before=_forget(folder, output)
        )
    }


def both(folder: Path) -> dict[str, Command]:
    """Both languages in one run of ours."""
    words = [sys.executable, str(ROOT / "build.py"), "--region", "cn", "--lang", "zh", "--lang", "en", "--draft", "-q"]
    output = folder / "ours-zh+en"
    places = ["--output", str(output), "--cache", str(folder / "cache")]
    return {"ours zh+en": Command([*words, *places], before=_forget(folder, output))}


def _forget(folder: Path, output: Path) -> Callable[[], None]:
    def forget() -> None:
        for place in (output, folder / "cache"):
            shutil.rmtree(place, ignore_errors=True)

    return forget


def typst(folder: Path) -> dict[str, Command]:
    """Typst on our text and fonts, one process for each language."""
    python = environment("typst", ("typst",))
    commands = {}
    for language in ("zh", "en"):
        _, page = make_page(language)
        place = folder / f"typst-{language}"
        place.mkdir()
        write_bare(page, place)
        fonts = (place / "fonts.conf").read_text("utf-8").split("<dir>")[1:]
        source = place / "page.typ"
        source.write_text(to_typst(page.html, language), "utf-8")
        places = [part.partition("</dir>")[0] for part in fonts]
        commands[f"Typst {language}"] = Command([python, "-c", TYPST, str(source), str(place / "out.pdf"), *places])
    return commands


def pandoc(folder: Path) -> dict[str, Command]:
    """Pandoc with WeasyPrint as its engine, twice in a row."""
    program = shutil.which("pandoc")
    if program is None:
        raise FileNotFoundError("pandoc is not installed")
    place = folder / "pandoc"
    place.mkdir()
    _, page = make_page("en")
    env = write_bare(page, place)
    chapters = [str(path) for path in sorted((ROOT / "content").glob("[0-9]*.md"))]
    engine = Path(sys.executable).parent / "weasyprint"
    one = f'"{program}" --toc -s --metadata title=Paper --css "{place}/fonts.css" --pdf-engine "{engine}" '
    words = " ".join(f'"{chapter}"' for chapter in chapters)
    script = " && ".join(f'{one} {words} -o "{place}/out-{number}.pdf"' for number in (1, 2))
    return {"Pandoc en+en": Command(["sh", "-c", script], env=env)}


def sphinx(folder: Path) -> dict[str, Command]:
    """Sphinx, MyST and simplepdf with our catalog, English and then Chinese."""
    python = environment("sphinx", SPHINX)
    place = folder / "sphinx"
    shutil.copytree(ROOT / "content" / "figures", place / "figures")
    chapters = sorted((ROOT / "content").glob("[0-9]*.md"))
    for chapter in chapters:
        shutil.copy(chapter, place)
    (place / "conf.py").write_text(CONF, "utf-8")
    toc = "\n".join(chapter.stem for chapter in chapters)
    (place / "index.md").write_text(f"# Paper\n\n```{{toctree}}\n{toc}\n```\n", "utf-8")
    catalog = place / "locale/zh_CN/LC_MESSAGES"
    catalog.mkdir(parents=True)
    shutil.copy(ROOT / "locales/zh_Hans/LC_MESSAGES/messages.po", catalog)
    build = f'"{python}" -m sphinx -q -E -b simplepdf'
    script = " && ".join(
        f'{build} -D language={language} "{place}" "{place}/_build/{language}"' for language in ("en", "zh_CN")
    )
    path = f"{Path(python).parent}:{os.environ['PATH']}"
    return {"Sphinx en+zh": Command(["sh", "-c", script], env={"PATH": path})}


def pages_of(folder: Path, name: str) -> str:
    """The pages of what a program left."""
    import pikepdf

    pattern = {"ours": "**/*.pdf", "Typst": "out.pdf", "Pandoc": "out-*.pdf", "Sphinx": "_build/*/*.pdf"}
    program, languages = name.split()
    place = folder / (f"{program.lower()}-{languages}" if program in ("ours", "Typst") else program.lower())
    counts = []
    for path in sorted(place.glob(pattern[program])):
        with pikepdf.open(path) as pdf:
            counts.append(str(len(pdf.pages)))
    return "+".join(counts) or "?"


def rows_of(runs: dict[str, list[Run]], pages: dict[str, str]) -> list[Row]:
    """The figures, and the ratios of ours to each."""
    rows = [Row(f"{name} ({pages[name]} pages)", spread(found)) for name, found in runs.items()]
    beside = {"Typst zh": "ours zh", "Typst en": "ours en", "Pandoc en+en": "ours zh+en", "Sphinx en+zh": "ours zh+en"}
    for other, mine in beside.items():
        if other in runs:
            wall, cpu = (median(runs[mine], what) / median(runs[other], what) for what in ("wall", "cpu"))
            rows.append(Row(f"{mine} : {other}", f"{wall:.2f} (CPU {cpu:.2f})"))
    return rows


if __name__ == "__main__":
    main()
