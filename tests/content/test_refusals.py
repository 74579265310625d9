"""Bad content is refused by the command line: its rule, its file and line, a hint; nothing is written, no traceback."""

from __future__ import annotations

import io
import re
import time
import zlib
from pathlib import Path

import pytest

from tests.conftest import PaperFactory, Runner
from tests.papers import BODY, CN, ENGINE, GLOBAL, PAPER, TITLE, Paper, Ran, make_paper

ONE = "content/01-one.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 100">\n<rect width="9" height="9"/>\n</svg>'


def refuse(run: Runner, paper: Paper, *expected: tuple[str, str]) -> Ran:
    """Build every edition, which must be refused with at least the (rule, place) pairs; each error has a hint."""
    ran: Ran = run("build", "--paper", paper.folder, "--all")
    assert ran.code == 1, ran.err
    assert "Traceback" not in ran.err
    assert "a bug" not in ran.err
    assert not (paper.folder / "output").exists()
    blocks = re.split(r"\n(?! )", ran.err.strip())
    for rule, place in expected:
        found = [block for block in blocks if block.startswith(f"{place}: error: ") and f"[{rule}]" in block]
        assert found, ran.err
        assert all("\n    " in block for block in found), "no hint"
    return ran


MARKUP = {
    "script": ("<script>alert(1)</script>", "raw-html"),
    "script in capitals": ("<SCRIPT src=//x></SCRIPT>", "raw-html"),
    "script in a list": ("- a\n- <script>alert(1)</script>", "raw-html"),
    "event attribute": ('<span onclick="alert(1)">a</span>', "raw-html"),
    "event attribute, single quotes": ("<span onclick='alert(1)'>a</span>", "raw-html"),
    "event attribute, no quotes": ("<kbd onmouseover=alert(1)>a</kbd>", "raw-html"),
    "event attribute, slash": ('<kbd/onmouseover="alert(1)">a</kbd>', "raw-html"),
    "iframe": ('<iframe src="https://example.org"></iframe>', "raw-html"),
    "object": ('<object data="x.swf"></object>', "raw-html"),
    "img": ('<img src="x" onerror="alert(1)">', "raw-html"),
    "svg": ("<svg/onload=alert(1)>", "raw-html"),
    "link, attachment": ('<link rel="attachment" href="file:///etc/passwd">', "raw-html"),
    "a, attachment": ('<a rel="attachment" href="file:///etc/passwd">a</a>', "raw-html"),
    "base": ('<base href="https://example.org/">', "raw-html"),
    "meta refresh": ('<meta http-equiv="refresh" content="0;url=https://example.org">', "raw-html"),
    "style with import": ("<style>@import url(https://example.org/x.css);</style>", "raw-html"),
    "style attribute": ('<span style="background:url(file:///etc/passwd)">a</span>', "raw-html"),
    "font-face from outside": ("<style>@font-face { font-family: x; src: url(//x) }</style>", "raw-html"),
    "colspan bomb": ('<table><tr><td colspan="100000" rowspan="60000">a</td></tr></table>', "raw-html"),
    "processing instruction": ("<?php echo 1 ?>", "raw-html"),
    "comment that is not closed": ("a <!-- b", "unclosed-comment"),
    "tag that is not closed": ("<sub>a", "raw-html"),
    "tag closed twice": ("a</sub>", "raw-html"),
    "tag cut off": ("a <script", "raw-html"),
    "javascript": ("[a](javascript:alert(1))", "unsafe-link"),
    "javascript, mixed case": ("[a](JaVaScRiPt:alert(1))", "unsafe-link"),
    "javascript, in angles": ("[a](<javascript:alert(1)>)", "unsafe-link"),
    "javascript, a title": ('[a](javascript:alert(1) "t")', "unsafe-link"),
    "javascript, zero width": ("[a](java\u200bscript:alert(1))", "unsafe-link"),
    "data:text/html": ("[a](data:text/html;base64,PHNjcmlwdD4=)", "unsafe-link"),
    "file: link": ("[a](file:///etc/passwd)", "unsafe-link"),
    "vbscript": ("[a](vbscript:x)", "unsafe-link"),
    "relative link": ("[a](../../etc/passwd)", "unsafe-link"),
    "encoded path": ("[a](%2e%2e/%2e%2e/etc/passwd)", "unsafe-link"),
    "file: image": ("![a](file:///etc/passwd)", "inline-image"),
    "http image": ("![a](http://169.254.169.254/latest/meta-data/)", "inline-image"),
    "bidi override": ("a \u202e b", "bidi-control"),
    "bidi isolate": ("a \u2066 b", "bidi-control"),
    "bidi, closed by another kind": ("a \u202e b \u2069 c", "bidi-control"),
    "bidi, closed before it opens": ("a \u202c b \u202e c", "bidi-control"),
}


@pytest.mark.parametrize(("text", "rule"), MARKUP.values(), ids=MARKUP)
def test_active_content(paper: PaperFactory, run: Runner, text: str, rule: str) -> None:
    """Nothing that acts, hides or leads out of the paper is content."""
    line = BODY + text.count("\n")
    refuse(run, paper(text + "\n"), (rule, f"{ONE}:{line}"))


def test_javascript_split_by_a_newline(paper: PaperFactory, run: Runner) -> None:
    """A scheme that a line break hides is still seen."""
    refuse(run, paper("[a](java\nscript:alert(1))\n"), ("unsafe-link", f"{ONE}:{BODY}"))


REFERENCES = {
    "broken cross reference": ("See [](#sec-none).", "broken-reference", 0),
    "cross reference into another region": (
        "See [](#sec-a).\n\n/// region | cn\n\n## A {#sec-a}\n\nText.\n\n///",
        "broken-reference",
        0,
    ),
    "note of another region": ("See[^a].\n\n/// region | cn\n\n[^a]: A.\n\n///", "unknown-note", 0),
    "placeholder of another region": ("Ask {office}.", "undeclared-placeholder", 0),
    "empty cross reference": ("See [a](#).", "broken-reference", 0),
    "unknown source": ("So it is [@law-2].", "unknown-source", 0),
    "misspelt placeholder": ("The {prodcut}.", "unknown-placeholder", 0),
    "duplicate id": ("## A {#sec-a}\n\nText.\n\n## B {#sec-a}\n\nText.", "duplicate-id", 4),
    "bad id": ("## A {#1-a}\n\nText.", "bad-id", 0),
    "heading skip": ("## A\n\nText.\n\n#### B\n\nText.", "heading-skip", 4),
    "heading skip at once": ("### A\n\nText.", "heading-skip", 0),
    "heading in a block": ("/// note\n\n## A\n\n///", "heading-inside", 2),
    "heading in a quotation": ("> ## A", "heading-inside", 0),
    "code that is not closed": ("Text.\n\n```\ncode", "unclosed-code", 2),
    "comment over lines": ("Text.\n\n<!-- a\n\nb", "unclosed-comment", 2),
    "two titles": ("# Another", "two-titles", 0),
    "unknown note": ("Text[^a].", "unknown-note", 0),
    "unused note": ("Text.\n\n[^a]: Note.", "unused-note", 2),
    "note used twice": ("Text[^a] and[^a].\n\n[^a]: Note.", "note-twice", 0),
    "note stands twice": ("Text[^a].\n\n[^a]: Note.\n\n[^a]: Note again.", "duplicate-note", 4),
    "note in a note": ("Text[^a].\n\n[^a]: Note[^b].\n\n[^b]: Another.", "nested-note", 2),
    "unknown attribute": ('Text. {onclick="x"}', "unknown-attribute", 0),
    "image without alt": ("/// figure | a.svg\n    id: fig-a\n\nCaption.\n///", "no-alt", 0),
    "missing image": ("/// figure | b.svg\n    alt: A.\n\nCaption.\n///", "missing-picture", 0),
    "image above the folder": ("/// figure | ../../../x.svg\n    alt: A.\n\nCaption.\n///", "outside", 0),
    "image above, encoded": ("/// figure | %2e%2e/x.svg\n    alt: A.\n\nCaption.\n///", "outside", 0),
    "absolute image": ("/// figure | /etc/passwd\n    alt: A.\n\nCaption.\n///", "outside", 0),
    "file: image": ("/// figure | file:///etc/passwd\n    alt: A.\n\nCaption.\n///", "outside", 0),
    "http: image": ("/// figure | http://169.254.169.254/a.svg\n    alt: A.\n\nCaption.\n///", "outside", 0),
    "link out of the tree": ("/// figure | link.svg\n    alt: A.\n\nCaption.\n///", "outside", 0),
    "missing data table": ("/// table | none\n\nCaption.\n///", "missing-file", 0),
    "data table above the folder": ("/// table | ../paper\n\nCaption.\n///", "missing-file", 0),
    "unclosed region block": ("/// region | cn\n\nText.", "unclosed-block", 0),
    "unknown region": ("/// region | cm\n\nText.\n\n///", "unknown-region", 0),
    "region without a name": ("/// region\n\nText.\n\n///", "block-argument", 0),
    "stray close": ("Text.\n\n///", "stray-close", 2),
    "unknown block": ("/// warnnig\n\nText.\n\n///", "unknown-block", 0),
    "unknown option": ("/// note\n    colour: red\n\nText.\n\n///", "unknown-option", 1),
    "option twice": ("/// note\n    id: a\n    id: b\n\nText.\n\n///", "duplicate-option", 2),
}


@pytest.mark.parametrize(("body", "rule", "line"), REFERENCES.values(), ids=REFERENCES)
def test_slips(paper: PaperFactory, run: Runner, tmp_path: Path, body: str, rule: str, line: int) -> None:
    """Every slip of an author is named with its line."""
    region = CN + '[placeholders]\noffice = { text = "CAC" }\n'
    made = paper(body + "\n", files={"content/figures/a.svg": SVG, "content/regions/cn.toml": region})
    (made.folder / "content/figures/link.svg").symlink_to("/etc/passwd")
    refuse(run, made, (rule, f"{ONE}:{BODY + line}"))


FILES: dict[str, tuple[dict[str, str | bytes | None], str, str]] = {
    "missing paper.toml": ({"content/paper.toml": None}, "missing-file", "content/paper.toml"),
    "missing chapter, and no other": ({ONE: None}, "missing-chapter", "content/paper.toml:6"),
    "missing image, and no other": (
        {ONE: TITLE + "/// figure | b.svg\n    alt: A.\n\nCaption.\n///\n"}, "missing-picture", f"{ONE}:3"),
    "missing chapter": ({ONE: None, "content/01-on.md": TITLE}, "missing-chapter", "content/paper.toml:6"),
    "chapter above the folder": (
        {"content/paper.toml": PAPER.replace("01-one.md", "../../x.md")}, "outside", "content/../../x.md"),
    "no title": ({ONE: "Text.\n"}, "no-title", f"{ONE}:1"),
    "empty chapter": ({ONE: ""}, "no-title", f"{ONE}:1"),
    "text before the title": ({ONE: "Text.\n\n# One\n"}, "no-title", f"{ONE}:3"),
    "invalid UTF-8": ({ONE: b"# One\n\ncaf\xe9\n"}, "invalid-utf8", f"{ONE}:3"),
    "NUL": ({ONE: TITLE + "a\0b"}, "control-character", f"{ONE}:3"),
    "ESC": ({ONE: TITLE + "a\x1b[31mb"}, "control-character", f"{ONE}:3"),
    "backspace": ({ONE: TITLE + "a\bb"}, "control-character", f"{ONE}:3"),
    "TOML file of 5 MB": (
        {"content/sources.toml": "# " + "a" * 5_000_000}, "too-large", "content/sources.toml"),
    "NUL in TOML": ({"content/sources.toml": "\n\0"}, "control-character", "content/sources.toml:2"),
    "TOML slip": ({"content/paper.toml": PAPER + "x = [1,\n"}, "toml", "content/paper.toml:11"),
    "TOML slip in a region": ({"content/regions/cn.toml": "name = \n" + CN}, "toml", "content/regions/cn.toml:1"),
    "TOML key twice": ({"content/paper.toml": PAPER.replace("version", "title")}, "toml", "content/paper.toml:4"),
    "TOML bomb, arrays": ({"content/sources.toml": "x = " + "[" * 100_000}, "toml", "content/sources.toml"),
    "TOML bomb, tables": ({"content/sources.toml": "x = " + "{a=" * 100_000}, "toml", "content/sources.toml"),
    "TOML bomb, dotted keys": ({"content/sources.toml": "a." * 50_000 + "a = 1"}, "toml", "content/sources.toml:1"),
    "unknown key": (
        {"content/paper.toml": PAPER.replace("version", "versoin")}, "unknown-key", "content/paper.toml:4"),
    "keywords without end": (
        {"content/paper.toml": PAPER.replace("version", f"keywords = {['a'] * 101}\nversion")},
        "bad-value", "content/paper.toml:4"),
    "columns without end": (
        {ONE: TITLE + "/// table | wide\n\nWide.\n///\n", "content/data/wide.toml":
            "".join(f'[[columns]]\nkey = "c{n}"\ntitle = "C"\n' for n in range(41)) + '[[rows]]\nc1 = "a"\n'},
        "bad-value", "content/data/wide.toml"),
    "missing key": ({"content/paper.toml": PAPER.replace('id = "tiny"', "")}, "missing-key", "content/paper.toml:1"),
    "bad version": ({"content/paper.toml": PAPER.replace("1.0.0", "../x")}, "bad-value", "content/paper.toml:4"),
    "bad id": ({"content/paper.toml": PAPER.replace('"tiny"', '"../x"')}, "bad-value", "content/paper.toml:2"),
    "date is a text": (
        {"content/paper.toml": PAPER.replace("2026-01-02", '"today"')}, "bad-value", "content/paper.toml:5"),
    "placeholder with two values": (
        {"content/paper.toml": PAPER + 'x = { text = "a", number = 1 }\n'}, "bad-value", "content/paper.toml:10"),
    "built-in placeholder": (
        {"content/paper.toml": PAPER + 'title = { text = "a" }\n'}, "built-in", "content/paper.toml:10"),
    "built-in placeholder of a region": (
        {"content/regions/cn.toml": CN + '[placeholders]\ndate = { text = "a" }\n'},
        "built-in", "content/regions/cn.toml:6"),
    "unknown language": (
        {"content/regions/cn.toml": CN.replace('"en"', '"xx"')}, "unknown-language", "content/regions/cn.toml:4"),
    "source language unknown": (
        {"content/paper.toml": PAPER.replace("chapters", 'language = "xx"\nchapters')},
        "unknown-language", "content/paper.toml:6"),
    "region inherits from itself": (
        {"content/regions/cn.toml": CN + 'inherits = "cn"\n'}, "inherit-circle", "content/regions/cn.toml:5"),
    "regions inherit in a circle": (
        {"content/regions/cn.toml": CN + 'inherits = "global"\n',
         "content/regions/global.toml": GLOBAL + 'inherits = "cn"\n'},
        "inherit-circle", "content/regions/cn.toml:5"),
    "region inherits from nobody": (
        {"content/regions/cn.toml": CN + 'inherits = "globl"\n'}, "unknown-region", "content/regions/cn.toml:5"),
    "no region": (
        {"content/regions/cn.toml": None, "content/regions/global.toml": None}, "no-region", "content/regions"),
    "source with a javascript address": (
        {"content/sources.toml": '[a]\ntitle = "A"\nurl = "javascript:alert(1)"\n'},
        "bad-value", "content/sources.toml:3"),
    "glossary without a definition": (
        {"content/glossary.toml": '[[terms]]\nid = "a"\nterm = "A"\n'}, "missing-key", "content/glossary.toml:1"),
    "script in the glossary": (
        {"content/glossary.toml": '[[terms]]\nid = "a"\nterm = "A"\ndefinition = "<script>"\n'},
        "raw-html", "content/glossary.toml:4"),
    "markup in the title": (
        {"content/paper.toml": PAPER.replace("Tiny Paper", "[a](https://example.org)")},
        "markup", "content/paper.toml:3"),
    "bidi in a source's title": (
        {"content/sources.toml": '[a]\ntitle = "A\u202e"\n'}, "bidi-control", "content/sources.toml"),
    "ESC that TOML escapes": (
        {"content/paper.toml": PAPER.replace("Tiny", r"Tiny \u001b[31m")}, "control-character", "content/paper.toml:3"),
    "NUL that TOML escapes": (
        {"content/paper.toml": PAPER.replace("Widget", r"Widget\u0000")}, "control-character", "content/paper.toml:9"),
    "language of a source": (
        {"content/sources.toml": '[a]\ntitle = "A"\nlanguage = "\\"><script>"\n'},
        "bad-value", "content/sources.toml:3"),
}  # fmt: skip


@pytest.mark.parametrize(("files", "rule", "place"), FILES.values(), ids=FILES)
def test_files(paper: PaperFactory, run: Runner, files: dict[str, str | bytes | None], rule: str, place: str) -> None:
    """Every slip in a file of the paper is named with its line, before the time for reading is over."""
    refuse(run, paper(files=files), (rule, place))


def test_all_the_problems_at_once(paper: PaperFactory, run: Runner) -> None:
    """Slips in several files are all listed in one run."""
    made = paper(
        "The {prodcut} [@nobody], [](#nowhere).\n\n/// region | cn\n\n<script>\n",
        files={"content/sources.toml": "x = \n", "content/regions/global.toml": GLOBAL + 'paper_siez = "A4"\n'},
    )
    refuse(
        run,
        made,
        ("unknown-placeholder", f"{ONE}:3"),
        ("unknown-source", f"{ONE}:3"),
        ("broken-reference", f"{ONE}:3"),
        ("unclosed-block", f"{ONE}:5"),
        ("raw-html", f"{ONE}:7"),
        ("toml", "content/sources.toml:1"),
        ("unknown-key", "content/regions/global.toml:5"),
    )


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("The {prodcut}.", "did you mean '{product}'?"),
        ("[@law-l]", "did you mean 'law-1'?"),
        ("[](#ch-onn)", "did you mean 'ch-one'?"),
        ("/// regoin | cn\n\nText.\n\n///", "did you mean 'region'?"),
        ("/// region | globl\n\nText.\n\n///", "did you mean 'global'?"),
        ("/// note\n    idd: x\n\nText.\n\n///", "did you mean 'id'?"),
    ],
)
def test_did_you_mean(paper: PaperFactory, run: Runner, body: str, meant: str) -> None:
    """A slip of the pen is met with what was probably meant."""
    assert meant in refuse(run, paper(body + "\n")).err


# As one line or block, beyond the limits …
HOSTILE = {
    "brackets": "[" * 20_000,
    "brackets and quotes": "['" * 20_000,
    "links": "[a](b" * 8_000,
    "declarations": "<![" * 3_000,
    "quotes, nested": ">" * 3_000 + " a",
    "lists, nested": "\n".join(f"{'    ' * n}- a" for n in range(3_000)),
    "blocks, nested": "\n\n".join(f"{'/' * (n + 3)} note" for n in range(3_000)),
    "subscripts, nested": "<sub>" * 3_000 + "a" + "</sub>" * 3_000,
    "spaces": "a" + " " * 200_000 + "b",
    "a long line": "word " * 400_000,
    "comments": "<!--" * 30_000,
    "fences": "```\n" * 30_001,
}
# … and as much as fits below them, in lines that fill a chapter.
_FILLING = {
    "bracket": "[",
    "bracket and quote": "['",
    "link": "[a](b",
    "declaration": "<![",
    "quote": ">",
    "star": "*a **a ",
    "underscore": "_a __a ",
    "brace": "{",
    "attribute list": "{#a ",
    "space": " ",
    "comment": "<!--",
    "comment, closed": "<!---->",
    "placeholder": "{prodcut} ",
    "cite": "[@law-1; ",
    "pipe": "| a ",
    "word": "word ",
    "backslash": "\\",
    "slash": "/",
    "Han": "\u6c49 ",
}
HOSTILE |= {
    f"{name}, {size} a line": "\n\n".join([f"a{piece * (size // len(piece) - 1)}b"] * (78_000 // (size + 3)))
    for name, piece in _FILLING.items()
    for size in (11_900, 200)
}
HOSTILE |= {
    "tables": "\n".join(["| a " * 40, "|---" * 40, *["| b " * 40] * 380]),
    "footnotes": "\n\n".join(f"[^{n}]: a" for n in range(5_500)),
    "definitions": "\n\n".join(["a\n" + ":   a\n" * 390] * 25),
    "items": "\n\n".join(["- a\n" * 390] * 45),
    "headings": "\n\n".join(f"## A {{#a{n}}}" for n in range(4_500)),
    "backticks": "\n\n".join([" ".join("`" * n for n in range(1, 150))] * 10),
    "fences of every length": "\n".join("`" * n for n in range(3, 700)),
    "blocks": "/// note\n\na\n\n///\n\n" * 990,
}


# So many times as long as ordinary text may hostile text take: the costliest takes 45 times, a list of definitions
# without our limits more than 160. Both are measured on the same machine in the same run, so that it need not be quick.
COSTLY = 150
UNHURRIED = PAPER + "\n[limits]\ncpu_seconds = 3600\n"


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> float:
    """The CPU time (seconds) that a full chapter of ordinary text takes to read, the quickest of three."""
    text = "\n\n".join(["A plain line of some ordinary words. " * 5] * 420)
    made = make_paper(tmp_path_factory.mktemp("ordinary") / "paper", text + "\n", paper=UNHURRIED)
    return min(reading_time(made) for _ in range(3))


def reading_time(paper: Paper) -> float:
    """The CPU time (seconds) that the paper takes to read."""
    begin = time.process_time()
    paper.load()
    return time.process_time() - begin


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_costly_text(paper: PaperFactory, ordinary: float, body: str) -> None:
    """Text that keeps Markdown parsers busy for minutes is read or refused in the time of some chapters."""
    assert reading_time(paper(body + "\n", paper=UNHURRIED)) < COSTLY * ordinary


LITERAL = {
    "expression": "{{7*7}}",
    "expression with a name": "{{ product }}",
    "include": "{% include '/etc/passwd' %}",
    "comment": "{# a #} b",
    "import": "{% import 'os' as os %}{{ os.popen('id') }}",
    "format": "{0.__class__} {product.__class__} {!r}",
    "percent": "100% sicher, 50%s, %(product)s",
    "dollar": "$x ${x}",
    "a far name": "{nothing_like_it}",
}


@pytest.mark.parametrize("text", LITERAL.values(), ids=LITERAL)
def test_what_looks_like_a_template_is_literal(paper: PaperFactory, text: str) -> None:
    """Content is data: a template's syntax is a text like any other, taken as it is typed."""
    made = paper(f"{text}\n")
    assert (text, None) in made.msgids()


def picture_bomb() -> bytes:
    """A PNG of 20,000 × 20,000 pixels that is a few hundred bytes long."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    size = (20_000).to_bytes(4, "big")
    stream = io.BytesIO()
    stream.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + size + b"\x08\x02\0\0\0"))
    stream.write(chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b""))
    return stream.getvalue()


PICTURES = {
    "XXE": ("a.svg", b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
    "file: image in a drawing": ("a.svg", SVG.replace("<rect", '<image href="file:///etc/passwd"/><rect').encode()),
    "recursive use": ("a.svg", SVG.replace("<rect", '<g id="a"><use href="#a"/></g><rect').encode()),
    "400 megapixels": ("a.png", picture_bomb()),
    "HTML as PNG": ("a.png", b"<html><body>hello</body></html>"),
    "EPS as PNG": ("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
    "PSD as PNG": ("a.png", b"8BPS\0\1" + b"\0" * 40),
    "an unknown kind": ("a.gif", b"GIF89a\1\0\1\0\0\0\0;"),
}


@pytest.mark.parametrize(("name", "data"), PICTURES.values(), ids=PICTURES)
def test_pictures(paper: PaperFactory, run: Runner, name: str, data: bytes) -> None:
    """A hostile or broken picture in a figure refuses the paper, naming the picture."""
    body = f"/// figure | {name}\n    alt: A.\n\nCaption.\n///\n"
    ran = refuse(run, paper(body, files={f"content/figures/{name}": data}))
    assert f"content/figures/{name}" in ran.err


STYLES = {
    "import of itself": ('@import "print.css";\n', "import-circle"),
    "custom properties that double": (
        ":root { --a0: 1; " + " ".join(f"--a{n + 1}: var(--a{n}) var(--a{n});" for n in range(40)) + " }\n",
        "too-complex",
    ),
}


def test_costly_styles_in_a_template(paper: PaperFactory, run: Runner) -> None:
    """So is one in a template, in an element or an attribute, though the page that it makes has no lines."""
    style = "--b0: 1; " + " ".join(f"--b{n + 1}: var(--b{n}) var(--b{n});" for n in range(40))
    page = (ENGINE / "templates/page.html").read_text("utf-8")
    for own in (f"<head>\n<style>p {{ {style} }}</style>", f'<head>\n<link rel="x" style="{style.strip("; ")}">'):
        made = paper(files={"templates/page.html": page.replace("<head>", own)})
        at = 2 + page[: page.index("<head>")].count("\n")
        ran = run("--paper", made.folder, "--region", "cn", "--lang", "en")
        told = rf"^templates/page.html:{at}: error: .*\[too-complex\]\n    \w"
        assert (ran.code, bool(re.search(told, ran.err, re.MULTILINE))) == (1, True), ran.err


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("templates/page.html", '<link rel="stylesheet" href="https://127.0.0.1:9/x.css">'),
        ("templates/page.html", '<link rel="attachment" href="file:///etc/passwd">'),
        ("templates/page.html", "<style>body { background: url(//127.0.0.1:9/x.png) }</style>"),
        ("templates/styles/print.css", "@import url(../nowhere.css);"),
    ],
)
def test_an_address_outside(paper: PaperFactory, run: Runner, path: str, line: str) -> None:
    """What a template or style asks for that is not the paper's is refused at its line, and never fetched."""
    text = (ENGINE / path).read_text("utf-8")
    own = text.replace("<head>", f"<head>\n{line}") if path.endswith(".html") else f"{line}\n{text}"
    ran = run("--paper", paper(files={path: own}).folder, "--region", "cn", "--lang", "en")
    at = own[: own.index(line)].count("\n") + 1
    told = rf"^{path}:{at}: error: .*\[refused-address\]\n    \w"
    assert (ran.code, bool(re.search(told, ran.err, re.MULTILINE))) == (1, True), ran.err


def test_a_glossary_that_is_not_shown(paper: PaperFactory, run: Runner) -> None:
    """A link to a term is refused at its line where no chapter shows the glossary."""
    files: dict[str, str | bytes | None] = {
        "content/glossary.toml": '[[terms]]\nid = "aa"\nterm = "A"\ndefinition = "D."\n'
    }
    refuse(run, paper("[a](#term-aa)\n", files=files), ("broken-reference", f"{ONE}:{BODY}"))
    assert not paper("[a](#term-aa)\n\n/// glossary\n///\n", files=files).load()[1]


@pytest.mark.parametrize(("style", "rule"), STYLES.values(), ids=STYLES)
def test_costly_styles(paper: PaperFactory, run: Runner, style: str, rule: str) -> None:
    """A style that would keep the engine busy for ever is refused before the engine reads it, with its line."""
    own = style + (ENGINE / "templates/styles/print.css").read_text("utf-8")
    made = paper(files={"templates/styles/print.css": own})
    ran = run("--paper", made.folder, "--region", "cn", "--lang", "en")
    assert ran.code == 1
    assert re.search(rf"^templates/styles/print.css:1: error: .*\[{rule}\]\n    \w", ran.err, re.MULTILINE), ran.err
    assert not list(made.folder.rglob("*.pdf"))


def _with_chapters(count: int) -> dict[str, str | bytes | None]:
    """A paper with `cpu_seconds = 1` and so many chapters."""
    names = ", ".join(['"01-one.md"', *(f'"{number}.md"' for number in range(count - 1))])
    more = {f"content/{number}.md": f"# {number} {{#ch-{number}}}\n\nText.\n" for number in range(count - 1)}
    return {"content/paper.toml": ONE_SECOND.replace('"01-one.md"', names), **more}


def _with_rows(*regions: str) -> dict[str, str | bytes | None]:
    """A paper with `cpu_seconds = 1` and a table that has a row for each of the regions."""
    rows = "".join(f'[[rows]]\nregions = ["{region}"]\nx = "A"\n' for region in regions)
    return {"content/paper.toml": ONE_SECOND, "content/data/rows.toml": '[[columns]]\nkey = "x"\ntitle = "X"\n' + rows}


def _with_terms(count: int) -> dict[str, str | bytes | None]:
    """A paper with `cpu_seconds = 1` and so many terms."""
    terms = "".join(f'[[terms]]\nid = "t{number}"\nterm = "T"\ndefinition = "D."\n' for number in range(count))
    return {"content/paper.toml": ONE_SECOND, "content/glossary.toml": terms}


def _with_regions(count: int, languages: int = 1) -> dict[str, str | bytes | None]:
    """A paper with so many regions, each of which has so many languages."""
    profile = GLOBAL.replace('"en", "zh"', ", ".join(['"en"'] * languages))
    more = {f"content/regions/r{number}.toml": profile for number in range(count - 2)}
    return {"content/regions/cn.toml": profile, **more}


ONE_SECOND = PAPER + "\n[limits]\ncpu_seconds = 1\n"
TABLE = "/// table | rows\n    id: tab-rows\n\nRows.\n///\n"
MANY = {
    "chapters": (_with_chapters(51), "content/paper.toml:6"),
    "rows": (_with_rows(*["cn"] * 401), "content/data/rows.toml:4"),
    "terms": (_with_terms(501), "content/glossary.toml:1"),
    "regions": (_with_regions(501), "content/regions"),
    "languages": (_with_regions(2, 101), "content/regions/cn.toml:4"),
    "editions": (_with_regions(51, 100), "content/regions"),
}


@pytest.mark.parametrize(("files", "place"), MANY.values(), ids=MANY)
def test_too_many(paper: PaperFactory, run: Runner, files: dict[str, str | bytes | None], place: str) -> None:
    """What an edition could not lay out in its time, or no house could look after, is refused where it stands."""
    refuse(run, paper(TABLE if "content/data/rows.toml" in files else "Text.\n", files=files), ("too-many", place))


def test_too_many_rows_in_all_tables(paper: PaperFactory, run: Runner) -> None:
    """Tables that are each short enough are refused where they become too many together, for one region."""
    body = "".join(TABLE.replace("tab-rows", f"tab-{number}") + "\n" for number in range(3))
    few = paper(body, files=_with_rows(*["cn"] * 133, *["global"] * 133))
    assert "too-many" not in {finding.rule for finding in few.load()[1]}
    many = paper(body, files=_with_rows(*["cn"] * 134))
    refuse(run, many, ("too-many", f"{ONE}:{BODY + 2 * len(TABLE.splitlines()) + 2}"))


FEW = {
    "chapters": _with_chapters(50),
    "rows, whoever reads them": _with_rows(*["cn"] * 400, *["global"] * 400),
    "terms": _with_terms(500),
    "regions": _with_regions(500),
    "more time": {
        **_with_rows(*["cn"] * 401),
        "content/paper.toml": ONE_SECOND.replace("cpu_seconds = 1", "cpu_seconds = 2"),
    },
}


@pytest.mark.parametrize("files", FEW.values(), ids=FEW)
def test_not_too_many(paper: PaperFactory, files: dict[str, str | bytes | None]) -> None:
    """The limits themselves are allowed; a table's counts for one region, and more time allows more."""
    table = TABLE if "content/data/rows.toml" in files else "Text.\n"
    _, found = paper(table, files=files).load()
    assert "too-many" not in {finding.rule for finding in found}


def test_reading_is_bounded(paper: PaperFactory, run: Runner) -> None:
    """Five data tables of 100,000 rows end the reading of the paper at its limit; what was found until then is told,
    and nothing is written."""
    body = "/// nothing\n///\n\n" + "\n".join(f"/// table | rows{number}\n\nRows.\n///\n" for number in range(5))
    rows = "".join(f'[[rows]]\nx = "{number}"\n' for number in range(100_000))
    data = '[[columns]]\nkey = "x"\ntitle = "X"\n' + rows
    made = paper(body, files={f"content/data/rows{number}.toml": data for number in range(5)})
    made.write("content/paper.toml", ONE_SECOND)
    ran = run("--paper", made.folder, "--region", "cn", "--lang", "en")
    assert ran.code == 1
    stopped = r"^content/data/rows\d.toml: error: reading the paper was stopped: it took more than 1 s of CPU time"
    assert re.search(stopped, ran.err, re.MULTILINE), ran.err
    assert f"{ONE}:{BODY}: error: there is no block 'nothing'" in ran.err
    assert not (made.folder / "output").exists()
