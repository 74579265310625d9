"""Small pages in several languages, each rendered once for all the tests of this stage."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from imprint.base.diagnostic import Diagnostics
from imprint.paginate.library import find_fonts
from imprint.paginate.render import Pagination, paginate_edition
from imprint.paginate.store import Store

CSS = """
@page { size: A5; margin: 20mm; @top-center { content: string(title) } }
html { font: 10pt/1.6 var(--serif) }
h1 { font: 700 14pt var(--sans); string-set: title content() }
p { text-align: justify; hyphens: auto }
.footnote { float: footnote }
.footnote::footnote-call { content: attr(data-number) }
.footnote::footnote-marker { content: attr(data-number) }
img { width: 100% }
"""
FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 120">
<rect x="20" y="20" width="180" height="70" fill="#eef"/><text class="label" data-box="20 20 180 70">{}</text></svg>"""

TEXTS = {
    "en": ("Overview", "Privacy is “protected” by design. " * 8, "Collected on the device"),
    "zh-Hans": (
        "概述",
        "直骨令。我们“高度重视”隐私保护——并持续探索创新技术……落实《个人信息保护法》，" * 5,
        "在设备上收集并加密",
    ),
    "ja": ("概要", "直骨令。日本語の文章も「両端揃え」にします。" * 6, "端末で収集"),
    "ar": ("نظرة عامة", "خصوصية المستخدم مهمة جدًا في كل منتج نصممه وفقًا للمعايير. " * 4, "تُجمع على الجهاز"),
    "hi": ("अवलोकन", "दुनिया भर में गोपनीयता महत्वपूर्ण है और निजता को प्राथमिकता। " * 4, "डिवाइस पर एकत्रित"),
    "th": ("ภาพรวม", "เราให้ความสำคัญกับการคุ้มครองข้อมูลส่วนบุคคลของผู้ใช้ " * 4, "รวบรวมบนอุปกรณ์"),
}


def page_of(language: str, extra: str = "") -> str:
    """A whole page: heading, justified paragraph with a footnote, table, link and figure."""
    title, text, _ = TEXTS[language]
    direction = "rtl" if language == "ar" else "ltr"
    return (
        f'<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><title>{title}</title>'
        '<meta name="author" content="A. Author"><meta name="description" content="About">'
        '<meta name="generator" content="imprint"><meta name="dcterms.created" content="2026-11-24T00:00:00Z">'
        '<meta name="dcterms.modified" content="2026-11-24T00:00:00Z"><link rel="stylesheet" href="styles/a.css">'
        f'</head><body><h1>{title}</h1><p>{text}<span class="footnote" data-number="1">{title}</span></p>'
        f'<main id="main-matter" style="break-before: page"><table><tr><th scope="col">{title}</th></tr>'
        f"<tr><td>1</td></tr></table>"
        f'<p><a href="https://example.org/">{title}</a> <abbr title="Long Form">LF</abbr></p>'
        f'<img alt="{title}" src="figures/f.svg">{extra}</main></body></html>'
    )


def files_of(language: str) -> dict[str, bytes]:
    """The style sheet and the figure of a page."""
    return {"styles/a.css": CSS.encode(), "figures/f.svg": FIGURE.format(TEXTS[language][2]).encode()}


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of prepared faces that all tests of the session share."""
    folder: Path = tmp_path_factory.mktemp("faces")
    return Store(folder)


@pytest.fixture(scope="session")
def paginated(store: Store) -> Callable[[str], Pagination]:
    """Render the sample page of a language, once."""

    @cache
    def paginate(language: str) -> Pagination:
        direction = "rtl" if language == "ar" else "ltr"
        return paginate_edition(
            page_of(language),
            files_of(language),
            find_fonts(),
            language,
            Diagnostics(),
            direction=direction,
            store=store,
        )

    return paginate
