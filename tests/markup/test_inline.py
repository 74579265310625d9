"""Inline Markdown becomes safe HTML, whatever the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from imprint.content.inline import find_slips
from imprint.markup.inline import InlineContext, InlineRenderer


def renderer(language: str = "en") -> InlineRenderer:
    """A renderer that knows one of each thing."""
    return InlineRenderer(
        InlineContext(
            language,
            {"product": "Widget & <Co>", "home": "https://example.org/"},
            lambda key: {"fig-a": "Figure 2"}.get(key),
            lambda key: {"law-1": ("1", "source-law-1"), "law-2": ("2", "source-law-2")}.get(key),
            lambda key: Markup('<span class="footnote" id="note-1">A note</span>') if key == "n" else None,
        )
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("*a* **b** ***c***", "<em>a</em> <strong>b</strong> <strong><em>c</em></strong>"),
        ("`a < {product} *b*`", "<code>a &lt; {product} *b*</code>"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("&lt;script&gt; &#x202e;", "&amp;lt;script&amp;gt; &amp;#x202e;"),
        ("`&lt;` `a&b`", "<code>&amp;lt;</code> <code>a&amp;b</code>"),
        ('<abbr title="&quot;">A</abbr>', '<abbr title="&amp;quot;">A</abbr>'),
        (r"\*a\* \<b\> \{product}", "*a* &lt;b&gt; {product}"),
        ("{product}", "Widget &amp; &lt;Co&gt;"),
        ("{unknown} {{product}} {{7*7}} {%x%}", "{unknown} {{product}} {{7*7}} {%x%}"),
        ("[a](https://example.org/x?a=1&b=2)", '<a href="https://example.org/x?a=1&amp;b=2">a</a>'),
        ('[a](https://example.org "T")', '<a href="https://example.org" title="T">a</a>'),
        ("[*a* b](#sec-a)", '<a href="#sec-a"><em>a</em> b</a>'),
        ("[](#fig-a)", '<a class="xref" href="#fig-a">Figure 2</a>'),
        ("<https://example.org/>", '<a href="https://example.org/">https://example.org/</a>'),
        ("<a.b@example.org>", '<a href="mailto:a.b@example.org">a.b@example.org</a>'),
        ("[@law-1]", '<span class="cite">[<a href="#source-law-1">1</a>]</span>'),
        (
            "[@law-1; @law-2]",
            '<span class="cite">[<a href="#source-law-1">1</a>,\u00a0<a href="#source-law-2">2</a>]</span>',
        ),
        ("[@nobody]", "[@nobody]"),
        ("a[^n]", 'a<span class="footnote" id="note-1">A note</span>'),
        ("a[^x]", "a[^x]"),
        ('<abbr title="A B">AB</abbr>', '<abbr title="A B">AB</abbr>'),
        ("H<sub>2</sub>O <kbd>*a*</kbd>", "H<sub>2</sub>O <kbd><em>a</em></kbd>"),
        ('<span lang="zh" dir="ltr">b</span>', '<span dir="ltr" lang="zh">b</span>'),
        ("a<br>b", "a<br>b"),
        ("![a](https://example.org/a.png)", None),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[a](javascript:x)", "<a>a</a>"),
        ("[a](data:text/html,x)", "<a>a</a>"),
        ("[a](file:///etc/passwd)", "<a>a</a>"),
        ('<span onclick="x">a</span>', '&lt;span onclick="x"&gt;a&lt;/span&gt;'),
        ("100% sicher %(a)s {0}", "100% sicher %(a)s {0}"),
        ("\x02klzzwxh:0000\x03", None),
    ],
)
def test_every_construct(text: str, html: str | None) -> None:
    """Each construct gives its HTML; what is none of ours is shown as it was typed."""
    found = str(renderer().render(text))
    if html is None:
        assert not re.search(r"<(?!a\b|/a>)", found)
    else:
        assert (
            re.sub(r' class="xref" href="([^"]*)"| href="([^"]*)" class="xref"', r' class="xref" href="\1\2"', found)
            == html
        )


TAGS = {
    "a": {"href", "title", "class"}, "abbr": {"title"}, "bdi": {"dir"}, "br": set(), "code": set(), "em": set(),
    "kbd": set(), "span": {"lang", "dir", "class", "id"}, "strong": set(), "sub": set(), "sup": set(),
}  # fmt: skip


class Strict(HTMLParser):
    """A real parser of HTML, which collects what may not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.strangers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            allowed = tag in TAGS and name in TAGS[tag]
            if not allowed or (name == "href" and not re.match(r"https?://|mailto:|#", value or "")):
                self.strangers.append(f"{tag} {name}={value}")
        if tag not in TAGS:
            self.strangers.append(tag)

    def handle_comment(self, data: str) -> None:
        self.strangers.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.strangers.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.strangers.append("instruction")

    def unknown_decl(self, data: str) -> None:
        self.strangers.append("declaration")


PIECES = [
    "<", ">", "</", '"', "'", "`", "``", "*", "**", "_", "[", "]", "(", ")", "![", "\\", "&", ";", "#", ":", "//", "=",
    " ", "\n", "{", "}", "^", "@", "script", "span", "abbr", 'title="', "onclick=", "javascript:", "data:", "file:///",
    "https://a.b", "mailto:a@b.cd", "<!--", "-->", "<![CDATA[", "<?", "law-1", "n", "x-note", 'id="n"', "br", "style",
    "{product}", "[^n]", "[@law-1]", "](", "klzzwxh:0000", "\x02", "\x03", "\u202e", "汉", "a", "&#106;", "&lt;",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40)


def strangers(html: str) -> list[str]:
    parser = Strict()
    parser.feed(html)
    parser.close()
    return parser.strangers


@given(HOSTILE)
def test_never_unsafe(text: str) -> None:
    """Of any text, a browser's parser finds only allowed elements, attributes and schemes."""
    assert not strangers(str(renderer().render(text)))


@given(HOSTILE)
def test_no_stash_is_left(text: str) -> None:
    """Markdown's own marks never reach the page."""
    html = str(renderer().render(text))
    assert "\x02" not in html
    assert "wzxhzdk" not in html


@given(HOSTILE)
def test_plain_is_text(text: str) -> None:
    """The plain form of any text has no element once it is escaped by a template."""
    assert not strangers(str(Markup("{}").format(renderer().plain(text))))


@given(st.text(alphabet="abc汉字 ,.", min_size=1, max_size=30).map(str.strip))
def test_words_are_kept(text: str) -> None:
    """Text without constructs comes out as it went in."""
    assert str(renderer().render(text)) == text


WORDS = st.sampled_from(
    ["a", "汉", " ", "  ", "\t", "\r", "\u00a0", "{product}", "{", "}", '"', "'", ".", "1. ", "# ", "- ", "~", "^", "|",
     "+", "@", ":", "https://example.org", "a@b.org", "(", ")", "$", "=", "\u2028", "\x85"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=30), st.lists(WORDS, max_size=12).map("".join)))
def test_a_text_without_markup_needs_no_markdown(text: str) -> None:
    """The short way and Markdown's give the same."""
    for language in ("en", "zh-Hans"):
        writer = renderer(language)
        assert writer.render(text) == writer._render_markdown(text)


def test_the_strict_parser_sees() -> None:
    """The judge of the law above finds what it should."""
    assert strangers('<script><a href="javascript:x" onclick="y">') == ["script"]
    assert strangers('<a href="javascript:x" onclick="y">') == ["a href=javascript:x", "a onclick=y"]


@pytest.mark.parametrize("text", ["[" * 11_000, "[a](" * 3000, "['" * 5_000, "*a **b " * 1_500, "<" * 11_000])
def test_what_would_take_long_is_found_first(text: str) -> None:
    """A text that Markdown would take minutes for is a slip before it is rendered."""
    slips = {slip.rule for slip in find_slips(text)}
    assert "too-complex" in slips or "[" not in text


@pytest.mark.parametrize(
    ("language", "text", "html"),
    [
        ("zh-Hans", "使用MIUI 13系统", "使用 MIUI 13 系统"),
        ("zh-Hans", "汉字**Bold**字", "汉字<strong> Bold</strong> 字"),
        ("zh-Hans", "在`code`中", "在 <code>code</code> 中"),
        ("zh-Hans", "值{product}是", "值 Widget &amp; &lt;Co&gt;是"),
        ("ko", "개인 정보", "개\u2060인 정\u2060보"),
        ("en", "汉A", "汉A"),
    ],
)
def test_typesetting(language: str, text: str, html: str) -> None:
    """Running text is set for its language, across elements too; code is not."""
    assert str(renderer(language).render(text)) == html


def links(html: str) -> Iterator[str]:
    yield from re.findall(r'href="([^"]*)"', html)


def test_a_placeholder_in_a_link_is_guarded_after_it_is_filled() -> None:
    """A value can complete an address, never make it unsafe."""
    assert list(links(str(renderer().render("[a](https://example.org/{product})")))) == []
    assert list(links(str(renderer().render("[a]({home})")))) == ["https://example.org/"]
