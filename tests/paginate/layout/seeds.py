"""Pages with one fault each, by the rule that must find it; and pages that look alike and are sound."""

# ruff: noqa: E501 (a page stands on one line)

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

WORDS = "The device keeps what it needs and asks before it sends anything to a server. "
SHORT = f"<p>{WORDS}</p>"
PARAGRAPH = f"<p>{WORDS * 3}</p>"
HAN = "我们重视隐私保护并持续探索新的技术"
TABLE = "<tr><td>Camera</td><td>asked each time</td></tr>"
# The content area holds fifteen lines of text.
LINE = '<p style="margin: 0">One line of text.</p>'

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200">{}</svg>'
RECT = '<rect x="20" y="20" width="200" height="80" fill="#eef"/>'
LABEL = '<text class="label" data-box="{}">{}</text>'
FIGURE = '<figure><img src="f.svg" alt="A figure" style="width: 100%"><figcaption>Its caption</figcaption></figure>'


@dataclass(frozen=True)
class Seed:
    """A page: `name` says what is wrong (or looks wrong), `rule` what must be found (empty: nothing)."""

    name: str
    rule: str
    body: str
    css: str = ""
    options: dict[str, Any] = field(default_factory=dict)


def figure(*parts: str) -> dict[str, Any]:
    """Options that serve `f.svg`."""
    return {"files": {"f.svg": SVG.format("".join(parts)).encode()}}


def language(tag: str, direction: str = "ltr") -> dict[str, Any]:
    """Options of a page in another language."""
    return {"language": tag, "direction": direction}


PICTURE = figure(RECT, LABEL.format("20 20 200 80", "Fine"))
ZH, JA, RTL = language("zh-Hans"), language("ja"), language("he", "rtl")
HEBREW = "המכשיר שומר את מה שהוא צריך ושואל לפני שהוא שולח. "
LONG_NOTE = f'<span class="footnote" data-number="1">{WORDS * 3}</span>'

OVERFLOW = [
    Seed("a word longer than the line", "text-overflow", f"<p>{'Verylong' * 12}</p>"),
    Seed("the same, into the margin", "page-overflow", f"<p>{'Verylong' * 12}</p>"),
    Seed(
        "no break allowed in a narrow box",
        "text-overflow",
        f'<div style="width: 40mm">{SHORT}</div>',
        "p { white-space: nowrap }",
    ),
    Seed(
        "bullets over the edge of the box around the list",
        "text-overflow",
        f'<div style="border: 1px solid"><ul><li>{WORDS}</li></ul></div>',
        "ul { padding: 0 } div { margin-left: 10mm }",
    ),
    Seed(
        "no break allowed in a cell",
        "text-overflow",
        f"<table><tr><td>{WORDS}</td><td>x</td></tr></table>",
        "table { table-layout: fixed } td { white-space: nowrap }",
    ),
    Seed("a box of fixed height", "text-overflow", f'<div style="height: 10mm">{PARAGRAPH}</div>'),
    Seed("a box with a largest height", "text-overflow", f'<div style="max-height: 10mm">{PARAGRAPH}</div>'),
    Seed(
        "a paragraph wider than its callout",
        "text-overflow",
        f'<div style="width: 50mm; border: 1px solid"><p style="width: 70mm">{WORDS}</p></div>',
    ),
    Seed(
        "text drawn out of its callout",
        "text-overflow",
        f'<div style="margin: 0 20mm; background: #eee"><p style="margin-right: -10mm">{WORDS * 2}</p></div>',
    ),
    Seed(
        "an indent out of its callout",
        "text-overflow",
        f'<div style="margin: 0 20mm; background: #eee"><p style="text-indent: -10mm">{WORDS * 2}</p></div>',
    ),
    Seed("code that does not wrap", "page-overflow", f"<pre>{WORDS}</pre>", "pre { white-space: pre }"),
    Seed("a negative margin", "page-overflow", f'<p style="margin-left: -9mm">{WORDS}</p>'),
    Seed("a paragraph wider than the page", "page-overflow", f'<p style="width: 130mm">{WORDS}</p>'),
    Seed("moved to the right", "page-overflow", f'<p style="position: relative; left: 30mm">{WORDS}</p>'),
    Seed("translated to the right", "page-overflow", f'<p style="transform: translateX(30mm)">{WORDS}</p>'),
    Seed(
        "positioned over the sheet's edge",
        "page-overflow",
        f'{SHORT}<p style="position: absolute; left: 90mm; width: 60mm">{WORDS}</p>',
    ),
    Seed(
        "a running header wider than its box",
        "text-overflow",
        SHORT,
        "@page { @top-left { white-space: nowrap; width: 20mm; content: 'A running header that is far too long' } }",
    ),
    Seed(
        "right to left, no break allowed",
        "text-overflow",
        f'<div style="width: 40mm"><p style="white-space: nowrap">{HEBREW * 2}</p></div>',
        "",
        RTL,
    ),
    Seed(
        "an unbroken block taller than the page",
        "page-overflow",
        f'<div style="display: inline-block">{LINE * 20}</div>',
    ),
    Seed(
        "a picture wider than its figure",
        "image-overflow",
        '<figure><img src="f.svg" alt="x" style="width: 120%"></figure>',
        "",
        PICTURE,
    ),
    Seed(
        "a picture over the margin",
        "page-overflow",
        '<figure><img src="f.svg" alt="x" style="width: 120%"></figure>',
        "",
        PICTURE,
    ),
    Seed(
        "a picture taller than the page",
        "page-overflow",
        '<img src="f.svg" alt="x" style="width: 20mm; height: 95mm">',
        "",
        PICTURE,
    ),
    Seed(
        "a picture wider than its cell",
        "image-overflow",
        '<table style="table-layout: fixed"><tr><td><img src="f.svg" alt="x" style="width: 60mm"></td><td>x</td></tr></table>',
        "",
        PICTURE,
    ),
    Seed(
        "a box wider than the box around it",
        "box-overflow",
        '<div style="width: 60mm; border: 1px solid"><div style="width: 70mm; background: #eee">x</div></div>',
    ),
    Seed(
        "a table wider than its callout",
        "box-overflow",
        '<div style="width: 40mm; border: 1px solid"><table style="width: 70mm">' + TABLE + "</table></div>",
    ),
]

CLIPPED = [
    Seed("lines cut off", "text-clipped", f'<div style="height: 9mm; overflow: hidden">{PARAGRAPH}</div>'),
    Seed(
        "a line cut off with dots",
        "text-clipped",
        f'<div style="overflow: hidden; white-space: nowrap; text-overflow: ellipsis">{WORDS}{WORDS}</div>',
    ),
    Seed("half a line", "text-clipped", '<p style="height: 2mm; overflow: hidden">Half of this line</p>'),
    Seed(
        "only so many lines", "text-clipped", f'<div style="max-lines: 2; continue: discard">{WORDS * 3}</div>{SHORT}'
    ),
    Seed(
        "a picture cut off",
        "image-clipped",
        '<div style="height: 9mm; overflow: hidden"><img src="f.svg" alt="x" style="width: 100%"></div>',
        "",
        PICTURE,
    ),
]

OVERLAP = [
    Seed("a paragraph pulled up", "overlap", f'{SHORT}<p style="margin-top: -10mm">{WORDS}</p>'),
    Seed("lines too close", "overlap", PARAGRAPH, "p { line-height: 0.8 }"),
    Seed("lines on each other", "overlap", PARAGRAPH, "p { line-height: 0.3 }"),
    Seed(
        "positioned on the text",
        "overlap",
        f'{PARAGRAPH}<p style="position: absolute; top: 2mm; left: 5mm">Over it</p>',
    ),
    Seed("moved onto the next", "overlap", f'<p style="position: relative; top: 5mm">{WORDS}</p>{SHORT}'),
    Seed(
        "letters moved onto each other",
        "overlap",
        '<p>before <span style="position: relative; left: -8mm">after</span></p>',
    ),
    Seed(
        "a picture pulled over text",
        "overlap",
        f'{PARAGRAPH}<img src="f.svg" alt="x" style="display: block; width: 60mm; margin-top: -15mm">',
        "",
        PICTURE,
    ),
    Seed(
        "a coloured box pulled over text",
        "overlap",
        f'{PARAGRAPH}<div style="background: #eee; margin-top: -9mm; padding-top: 12mm">x</div>',
    ),
    Seed(
        "two coloured boxes",
        "overlap",
        '<div style="height: 20mm; background: #eee"></div><div style="height: 20mm; background: #ddd; margin-top: -8mm"></div><p>x</p>',
    ),
    Seed(
        "two running headers",
        "overlap",
        SHORT,
        "@page { @top-left { width: 60mm; content: 'A running header, long enough'; margin-right: -40mm }"
        " @top-right { width: 60mm; margin-left: -40mm; content: 'and another header here' } }",
    ),
    Seed(
        "cells over each other",
        "overlap",
        f"<table><tr><td>{WORDS}</td><td>{WORDS}</td></tr></table>",
        "table { table-layout: fixed } td { white-space: nowrap }",
    ),
]

NARROW = [
    Seed(
        "a column of four letters",
        "cell-squeezed",
        f'<table><tr><td style="width: 9mm">{WORDS}</td><td>{WORDS}</td></tr></table>',
        "table { table-layout: fixed } td { overflow-wrap: anywhere }",
    ),
    Seed(
        "a column of one Han character",
        "cell-squeezed",
        f'<table><tr><td style="width: 5mm">{HAN}</td><td>{HAN}</td></tr></table>',
        "table { table-layout: fixed; border-spacing: 0 } td { padding: 0 }",
        ZH,
    ),
    Seed(
        "a column of hyphens",
        "cell-squeezed",
        '<table><tr><td style="width: 15mm">Datenschutzgrundverordnungsanpassungsgesetz</td><td>x</td></tr></table>',
        "table { table-layout: fixed } td { hyphens: auto }",
        language("de"),
    ),
    Seed(
        "a word broken in a cell",
        "word-broken",
        '<table><tr><td style="width: 14mm">Recommendations</td><td>x</td></tr></table>',
        "table { table-layout: fixed } td { overflow-wrap: anywhere }",
    ),
    Seed(
        "a word broken in a narrow paragraph",
        "word-broken",
        '<p style="width: 18mm; overflow-wrap: anywhere">Recommendations for it</p>',
    ),
]

BREAKS = [
    Seed(
        "a heading at the foot",
        "heading-stranded",
        LINE * 12 + f"<h2>Stranded</h2>{PARAGRAPH}",
        "h2 { break-after: auto }",
    ),
    Seed(
        "a heading before a figure that goes over",
        "heading-stranded",
        LINE * 11 + f"<h2>Stranded</h2>{FIGURE}",
        "h2 { break-after: auto } figure { break-inside: avoid }",
        PICTURE,
    ),
    Seed(
        "a heading before a break",
        "heading-stranded",
        f'{SHORT}<h2>Stranded</h2><p style="break-before: page">{WORDS}</p>',
    ),
    Seed(
        "two headings at the foot",
        "heading-stranded",
        LINE * 8 + f"<h1>A</h1><h2>Stranded</h2><p style='break-before: page'>{WORDS}</p>",
    ),
    Seed(
        "a heading at a column's foot",
        "heading-stranded",
        f'<div style="columns: 2">{PARAGRAPH}<h2>Stranded</h2><p style="break-before: column">{WORDS}</p></div>',
    ),
    Seed(
        "a term without its definition",
        "heading-stranded",
        f'<dl><dt>Term</dt><dd style="break-before: page">{WORDS}</dd></dl>',
    ),
    Seed(
        "a heading over two pages",
        "heading-divided",
        LINE * 12 + f"<h2>{WORDS * 2}</h2>{SHORT}",
        "h2 { orphans: 1; widows: 1; break-inside: auto; break-after: auto }",
    ),
    Seed("a caption on the next page", "caption-parted", FIGURE + LINE, "figcaption { break-before: page }", PICTURE),
    Seed(
        "a caption above a figure that goes over",
        "caption-parted",
        LINE * 12
        + '<figure><figcaption>Its caption</figcaption><img src="f.svg" alt="x" style="width: 90mm; display: block"></figure>',
        "",
        PICTURE,
    ),
    Seed(
        "a table's caption alone",
        "caption-parted",
        f'{SHORT}<table><caption>Its caption</caption><tbody style="break-before: page">{TABLE * 4}</tbody></table>',
    ),
    Seed("a first line alone", "orphan-line", LINE * 14 + f'<p style="margin: 0; orphans: 1">{WORDS * 3}</p>'),
    Seed(
        "a last line alone",
        "widow-line",
        LINE * 11 + f'<p style="margin: 0; widows: 1; orphans: 1">{WORDS * 3}</p>' + LINE * 5,
    ),
]

ROW = f"<tr><td>{WORDS * 3}</td><td>{WORDS}</td></tr>"
TORN = [
    Seed(
        "a row divided after a line",
        "row-split",
        LINE * 14 + f"<table>{ROW}</table>{LINE}",
        "td { orphans: 1; widows: 1 }",
    ),
    Seed(
        "a row divided before its last line",
        "row-split",
        LINE * 9 + f"<table>{ROW}</table>{LINE}",
        "td { orphans: 1; widows: 1 }",
    ),
    Seed(
        "a head alone",
        "table-head-alone",
        f"{SHORT}<table><tr><th>Head</th><th>Head</th></tr><tr style='break-before: page'><td>a</td><td>b</td></tr>{TABLE * 4}</table>",
    ),
    Seed(
        "a first row alone",
        "table-row-alone",
        f"{SHORT}<table><tbody>{TABLE}<tr style='break-before: page'><td>a</td><td>b</td></tr>{TABLE * 3}</tbody></table>",
    ),
    Seed(
        "a last row alone",
        "table-row-alone",
        f"{SHORT}<table><tbody>{TABLE * 4}<tr style='break-before: page'><td>a</td><td>b</td></tr></tbody></table>{LINE * 4}",
    ),
]

LINES = [
    Seed(
        "gaps too wide",
        "loose-line",
        '<p style="width: 50mm; text-align: justify">a b extraordinarilyuncommon c d indistinguishably e</p>',
    ),
    Seed(
        "gaps between Han too wide",
        "loose-line",
        f'<p style="width: 6.2em; text-align: justify">{HAN[:5]}international{HAN}</p>',
        "",
        ZH,
    ),
    Seed(
        "a ladder of hyphens",
        "hyphen-ladder",
        f'<div style="width: 24mm; hyphens: auto">{"Datenschutzbestimmungen Verarbeitungsvorgänge " * 4}</div>',
        "",
        language("de"),
    ),
]

KINSOKU = [
    Seed("a full stop first", "line-start-forbidden", f'<p style="width: 10em">{HAN[:10]}\u200b。{HAN}</p>', "", ZH),
    Seed(
        "a closing bracket in a box",
        "line-start-forbidden",
        f'<p style="width: 10em">{HAN[:10]}<span style="display: inline-block">）</span>{HAN}</p>',
        "",
        ZH,
    ),
    Seed("a comma after a forced break", "line-start-forbidden", f"<p>{HAN[:6]}<br>，{HAN[:6]}</p>", "", ZH),
    Seed(
        "an opening bracket last", "line-end-forbidden", f'<p style="width: 10.2em">{HAN[:9]}《\u200b{HAN}</p>', "", ZH
    ),
    Seed(
        "a small kana first",
        "line-start-forbidden",
        '<p style="width: 10em">' + "あいうえおかきくけこ\u200bっさしすせそ</p>",
        "",
        JA,
    ),
    Seed(
        "a prolonged sound first",
        "line-start-forbidden",
        '<p style="width: 10em">' + "アイウエオカキクケコ\u200bーサシスセソ</p>",
        "",
        JA,
    ),
    Seed(
        "an opening bracket before a forced break", "line-end-forbidden", f"<p>{HAN[:6]}「<br>{HAN[:6]}」</p>", "", ZH
    ),
    Seed("a dash divided", "dash-divided", f'<p style="width: 10.2em">{HAN[:9]}—\u200b—{HAN}</p>', "", ZH),
]

NOTE = '<span class="footnote" data-number="1">A note of a few words.</span>'
NOTES = [
    Seed("a note that is not laid out", "note-lost", f"<p>{WORDS}{NOTE}</p>", "", {"notes": 2}),
    Seed("a note that is hidden", "note-lost", f"<p>{WORDS}{NOTE}</p>", ".footnote { display: none }", {"notes": 1}),
    Seed(
        "a note more than the source has", "note-doubled", f"<p>{WORDS}{NOTE}</p><p>{WORDS}{NOTE}</p>", "", {"notes": 1}
    ),
    Seed(
        "a note on the next page",
        "note-away",
        LINE * 13 + f'<p style="margin: 0">One line{LONG_NOTE}</p>' + LINE * 5,
        "",
        {"notes": 1},
    ),
]

BLOCK = f'<div style="break-inside: avoid">{LINE * 15}</div>'
PAGES = [
    Seed("a line before a block that cannot be broken", "page-nearly-empty", BLOCK + LINE + BLOCK),
    Seed(
        "a page without text",
        "page-nearly-empty",
        f'{SHORT}<div style="break-before: page; break-after: page"></div>{SHORT}',
    ),
    Seed(
        "a chapter that ends with a line", "page-nearly-empty", LINE * 16 + f'<p style="break-before: page">{WORDS}</p>'
    ),
]

LABELS = [
    Seed(
        "a label too long for its box",
        "figure-label-outside",
        FIGURE,
        "",
        figure(LABEL.format("20 20 30 14", "A label that can by no means fit")),
    ),
    Seed(
        "a label wider than its shape",
        "figure-label-outside",
        FIGURE,
        "",
        figure(
            '<rect x="100" y="20" width="60" height="40" fill="#eef"/>', LABEL.format("60 20 140 40", "Longer than it")
        ),
    ),
    Seed(
        "a label over the drawing's edge",
        "figure-label-outside",
        FIGURE,
        "",
        figure(RECT, '<text x="600" y="40" class="label">Over the edge</text>'),
    ),
    Seed(
        "labels on each other",
        "figure-label-overlap",
        FIGURE,
        "",
        figure(RECT, LABEL.format("20 20 200 40", "First"), LABEL.format("20 24 200 40", "Second")),
    ),
]

SEEDS = [*OVERFLOW, *CLIPPED, *OVERLAP, *NARROW, *BREAKS, *TORN, *LINES, *KINSOKU, *NOTES, *PAGES, *LABELS]

SOUND = [
    Seed("lines set solid", "", PARAGRAPH, "p { line-height: 1 }"),
    Seed("a callout over two pages", "", f'<div style="border: 1px solid; padding: 3mm">{PARAGRAPH * 6}</div>'),
    Seed("running text over pages", "", PARAGRAPH * 6, "p { text-align: justify; hyphens: auto }"),
    Seed(
        "a long address that may break",
        "",
        f"<p>{WORDS}<a>https://example.org/\u200ba/\u200bvery/\u200blong/\u200baddress/\u200bindeed</a></p>",
        "p { width: 45mm }",
    ),
    Seed(
        "hanging numbers",
        "",
        f"<h2><span>1.1</span> Heading</h2>{SHORT}",
        "h2 { padding-left: 20mm; text-indent: -20mm } span { display: inline-block; width: 20mm; text-indent: 0 }",
    ),
    Seed(
        "hanging numbers, right to left",
        "",
        f"<h2><span>1.1</span> {HEBREW}{HEBREW}</h2><p>{HEBREW * 3}</p>",
        "h2 { padding-right: 20mm; text-indent: -20mm } span { display: inline-block; width: 20mm; text-indent: 0 } p { text-align: justify }",
        RTL,
    ),
    Seed("a list", "", f"<ul><li>{WORDS}</li><li>{WORDS}</li></ul><ol><li>One</li></ol>"),
    Seed(
        "list items whose edges show, as a draft marks what is not translated",
        "",
        f"<ul><li>{WORDS}<ul><li>{WORDS}</li></ul></li></ul><ol><li>{WORDS}</li></ol>",
        "li { border-inline-start: 1.5pt solid; padding-inline-start: 2mm } ol li { background: #eee; width: 60mm }",
    ),
    Seed(
        "super- and subscripts, large letters on a line",
        "",
        f"<p>{WORDS}<sup>2</sup> H<sub>2</sub>O <big>big</big> {WORDS}</p>",
    ),
    Seed("a float beside text", "", f'<div style="float: left; width: 20mm; background: #eee">Aside</div>{PARAGRAPH}'),
    Seed(
        "an inline block",
        "",
        f'<p>{WORDS}<span style="display: inline-block; border: 1px solid">boxed</span> {WORDS}</p>',
    ),
    Seed("hidden overflow with room", "", f'<div style="overflow: hidden">{PARAGRAPH}</div>'),
    Seed("a box with a smallest height", "", f'<div style="min-height: 10mm; border: 1px solid">{PARAGRAPH}</div>'),
    Seed("columns", "", f'<div style="columns: 2">{PARAGRAPH * 2}<h2>Kept</h2>{SHORT}</div>'),
    Seed("a figure", "", FIGURE, "figure { break-inside: avoid }", PICTURE),
    Seed(
        "a table over two pages",
        "",
        f"<table><caption>Caption</caption><thead><tr><th>Head</th><th>Head</th></tr></thead><tbody>{TABLE * 24}</tbody></table>",
    ),
    Seed(
        "a row divided well",
        "",
        LINE * 10 + f"<table><tr><td>{WORDS * 8}</td><td>x</td></tr></table>",
        "td { width: 50% }",
    ),
    Seed(
        "a narrow column of numbers",
        "",
        "<table>" + f"<tr><td>12</td><td>{WORDS}</td><td>yes</td></tr>" * 3 + "</table>",
    ),
    Seed("short lines by the author", "", "<table><tr><td>a<br>b<br>c<br>d</td><td>x</td></tr></table>"),
    Seed(
        "code that breaks",
        "",
        '<p style="width: 30mm">Call <code style="overflow-wrap: anywhere">internalIdentifierOfTheDevice</code> now</p>',
    ),
    Seed("a title page", "", f'<h1>Part one</h1><p style="break-before: page">{WORDS * 4}</p>'),
    Seed("a blank verso", "", f'<div>{PARAGRAPH}</div><div style="break-before: recto">{PARAGRAPH}</div>'),
    Seed(
        "Chinese",
        "",
        f"<p>{(HAN + '，' + HAN + '。“' + HAN + '”（' + HAN + '）') * 3}</p>",
        "p { text-align: justify; width: 21.3em }",
        ZH,
    ),
    Seed(
        "Japanese",
        "",
        f"<p>{'データの保護は、端末の上で「まず」行われます。キャッシュもです。' * 5}</p>",
        "p { text-align: justify; width: 17.7em }",
        JA,
    ),
    Seed("Thai", "", "<p>" + "เราให้ความสำคัญกับการคุ้มครองข้อมูลส่วนบุคคลของผู้ใช้ " * 4 + "</p>", "", language("th")),
    Seed("Hebrew, justified", "", f"<p>{HEBREW * 5}<b>{HEBREW}</b> {HEBREW * 2}</p>", "p { text-align: justify }", RTL),
    Seed("notes on their pages", "", f"<p>{WORDS}{NOTE}</p>" + LINE * 20 + f"<p>{WORDS}{NOTE}</p>", "", {"notes": 2}),
    Seed(
        "a note whose call is near the foot",
        "",
        LINE * 12 + f'<p style="margin: 0">Line{NOTE}</p>' + LINE * 8,
        ".footnote { footnote-policy: line }",
        {"notes": 1},
    ),
    Seed(
        "a running header",
        "",
        SHORT,
        "@page { @top-left { content: 'A header' } @bottom-right { content: counter(page) } }",
    ),
    Seed(
        "labels in their shapes",
        "",
        FIGURE,
        "",
        figure(RECT, LABEL.format("24 24 192 30", "First"), LABEL.format("24 60 192 36", "Second")),
    ),
]
