"""Quickened text: what WeasyPrint asks Pango anew for each piece of text is asked once for each style.

A page of text makes some three hundred Pango layouts, most of them to try where a line ends; their contexts, fonts and
features are those of a few styles. Styles do not change once text is measured in them (WeasyPrint copies a style before
it changes it), so what was made of one is kept with it, and with the fonts for all others that look the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

# All that a Pango layout takes from a style before it has its text.
_PROPERTIES = (
    "direction", "lang", "font_language_override", "font_family", "font_style", "font_stretch", "font_weight",
    "font_size", "font_variation_settings", "font_kerning", "font_variant_ligatures", "font_variant_position",
    "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings",
)  # fmt: skip


# Of which nothing is known yet.
_UNKNOWN = object()
_LINES = ("underline_position", "strikethrough_position", "underline_thickness", "strikethrough_thickness")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What every Pango layout of a style is made from: `features` is the text of its OpenType features, `facts` what
    WeasyPrint's layout says from the beginning, `spare` holds Pango layouts that wait for a text, `measures` what is
    known of texts, and `ruler` the layout, if there is one, that they are measured with."""

    context: Any
    description: Any
    features: bytes
    facts: dict[str, Any]
    spare: list[Any] = field(default_factory=list)
    measures: dict[str, Any] = field(default_factory=dict)
    ruler: list[Any] = field(default_factory=list)


def _quick_setup(original: Any) -> Any:
    """`Layout.setup`: context, font and features are made once for a style, and a layout that is done serves again."""
    from weasyprint.css import AnonymousStyle, ComputedStyle
    from weasyprint.text.ffi import ffi, gobject, pango

    def setup(layout: Any, style: Any) -> None:
        # A drawing's style is a plain one that is still being filled.
        if not isinstance(style, ComputedStyle | AnonymousStyle):
            layout.imprint_text = None
            original(layout, style)
            return
        kept = keep_prepared(style)
        prepared, plain = kept
        vars(layout).update(prepared.facts)
        layout.style = style
        layout.imprint_text = kept
        if plain and prepared.spare:
            layout.layout = made = prepared.spare.pop()
            pango.pango_layout_set_width(made, -1)
            pango.pango_layout_set_wrap(made, 0)
            pango.pango_layout_set_single_paragraph_mode(made, False)
            pango.pango_layout_set_ellipsize(made, 0)
            return
        layout.layout = made = ffi.gc(pango.pango_layout_new(prepared.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(made, False)
        pango.pango_layout_set_font_description(made, prepared.description)
        if prepared.features:
            # Never a list that is kept: spacing is added to it in place. The attribute is one for all of them.
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, style.font_config.font_features[prepared.features])
            pango.pango_layout_set_attributes(made, attributes)

    return setup


def keep_prepared(style: Any) -> tuple[Prepared, bool]:
    """What a style's layouts are made from, kept with it, and whether its texts get no attributes of their own."""
    kept: tuple[Prepared, bool] | None = vars(style).get("_imprint_text")
    if kept is None:
        alike = find_alike(style)
        kept = style._imprint_text = _find_prepared(style) if alike is None else keep_prepared(alike)
    return kept


# All that decides the shapes of a text, its breaks and the height of its lines. All of it is inherited, or handed down.
_HANDED_DOWN = frozenset(
    (
        *_PROPERTIES, "text_decoration_line", "white_space", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone",
        "hyphenate_character", "overflow_wrap", "word_break", "letter_spacing", "word_spacing", "tab_size",
        "line_height",
    )
)  # fmt: skip


def find_alike(style: Any) -> Any:
    """The style in which text looks the same, if one is known: an anonymous box's parent's, or a twin's first."""
    from weasyprint.css import AnonymousStyle, ComputedStyle

    kind = type(style)
    if kind is ComputedStyle:
        return None
    other = vars(style).get("_imprint_alike", _UNKNOWN)
    if other is _UNKNOWN:
        other = style.parent_style if kind is AnonymousStyle else vars(style).get("_imprint_twin")
        if other is not None and any(style[key] != other[key] for key in style.keys() & _HANDED_DOWN):
            other = None
        style._imprint_alike = other
    return other


def _find_prepared(style: Any) -> tuple[Prepared, bool]:
    prepared = vars(style.font_config).setdefault("_imprint_text", {})
    key = (style["text_decoration_line"] != "none", *(style[name] for name in _PROPERTIES))
    if key not in prepared:
        prepared[key] = _prepare(style)
    breaking = style["overflow_wrap"] in ("anywhere", "break-word")
    return prepared[key], not (style["word_spacing"] or style["letter_spacing"] not in ("normal", 0) or breaking)


def _quick_text(original: Any) -> Any:
    """`Layout.set_text`: a text that gets no attributes is given to Pango as it is."""
    from weasyprint.text.ffi import pango

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        kept = layout.imprint_text
        if kept is None or not kept[1] or (justify and layout.justification_spacing) or "\t" in text:
            # What it adds to the layout stays there.
            layout.imprint_text = None
            original(layout, text, justify)
            return
        end = text.find("\n")
        if end != -1:
            text = text[: end + 2]
        layout.text = text
        pango.pango_layout_set_text(layout.layout, text.encode().replace(b"\0", b""), -1)

    return set_text


def _quick_end(_: Any) -> Any:
    """`Layout.deactivate`: a layout without attributes of its own waits for the next text of its kind."""

    def deactivate(layout: Any) -> None:
        kept = layout.imprint_text
        if kept is not None and kept[1]:
            kept[0].spare.append(layout.layout)
        # What waits knows no style that may be freed.
        del layout.layout, layout.language, layout.style, layout.imprint_text

    return deactivate


def _quick_spacing(original: Any) -> Any:
    """`create_layout` for a line that is justified: only its text is kept, which is shaped when it is drawn."""
    from weasyprint.text.line_break import Layout

    def create_layout(
        text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float
    ) -> Any:
        kept = vars(style).get("_imprint_text")
        if max_width is not None or kept is None or not kept[1] or "\t" in text or "\n" in text:
            return original(text, style, context, max_width, justification_spacing)
        layout = Layout.__new__(Layout)
        vars(layout).update(kept[0].facts)
        layout.justification_spacing, layout.max_width, layout.text = justification_spacing, max_width, text
        layout.style, layout.layout, layout.imprint_text = style, None, None
        return layout

    return create_layout


def _prepare(style: Any) -> Prepared:
    """The first half of WeasyPrint's `Layout.setup`, in its order."""
    from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
    from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
    from weasyprint.text.fonts import font_features, get_font_description

    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    tag = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if tag:
        language = pango.pango_language_from_string(unicode_to_char_p(tag)[0])
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    description = get_font_description(style)
    facts: dict[str, Any] = {"first_line_direction": 0, "language": language}
    facts |= dict.fromkeys(("ascent", "underline_position", "strikethrough_position"))
    if style["text_decoration_line"] != "none":
        found = ffi.gc(pango.pango_context_get_metrics(context, description, language), pango.pango_font_metrics_unref)
        for name in ("ascent", *_LINES):
            facts[name] = FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(found)
    features = font_features(
        *(style[f"font_{name}"] for name in ("kerning", "variant_ligatures", "variant_position", "variant_caps")),
        *(style[f"font_{name}"] for name in ("variant_numeric", "variant_alternates", "variant_east_asian")),
        style["font_feature_settings"],
    )
    text = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    if text and text not in style.font_config.font_features:
        style.font_config.font_features[text] = pango.pango_attr_font_features_new(text)
    return Prepared(context, description, text, facts)


def _quick_key(original: Any) -> Any:
    """`_font_style_cache_key`: the text of fourteen properties is written once for a style."""

    def font_style_cache_key(style: Any, include_size: bool = False) -> str:
        name = "_imprint_font_and_size" if include_size else "_imprint_font"
        kept: str | None = vars(style).get(name)
        if kept is None:
            alike = find_alike(style)
            kept = original(style, include_size) if alike is None else font_style_cache_key(alike, include_size)
            setattr(style, name, kept)
        return kept

    return font_style_cache_key


def _quick_size(_: Any) -> Any:
    """`line_size`: into one rectangle for all lines."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    extents = ffi.new("PangoRectangle *")

    def line_size(line: Any, style: Any) -> tuple[float, float]:
        pango.pango_layout_line_get_extents(line, ffi.NULL, extents)
        width, height = extents.width * FROM_UNITS, extents.height * FROM_UNITS
        spacing = style["letter_spacing"]
        return (width if spacing == "normal" else width + spacing), height

    return line_size


def _quick_strut(original: Any) -> Any:
    """`strut`: the height of a line is looked up once for a style."""

    def strut(style: Any) -> Any:
        kept = vars(style).get("_imprint_strut")
        if kept is None:
            alike = find_alike(style)
            kept = style._imprint_strut = original(style) if alike is None else strut(alike)
        return kept

    return strut


def _lines() -> Any:
    return import_module("weasyprint.text.line_break")


def _inline() -> Any:
    return import_module("weasyprint.layout.inline")


TEXT_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (lambda: _lines().Layout, "setup", _quick_setup),
    (lambda: _lines().Layout, "set_text", _quick_text),
    (lambda: _lines().Layout, "deactivate", _quick_end),
    (_lines, "_font_style_cache_key", _quick_key),
    (_lines, "line_size", _quick_size),
    (_inline, "strut", _quick_strut),
    (_inline, "create_layout", _quick_spacing),
)
