"""Quickened text: what WeasyPrint asks Pango anew for each piece of text is asked once for each style.

A page of text makes some three hundred Pango layouts, most of them to try where a line ends; their contexts, fonts and
features are those of a few styles. Styles do not change once text is measured in them (WeasyPrint copies a style before
it changes it), so what was made of one is kept with it, and with the fonts for all others that look the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

# A line of the narrowest width ends after one or two ideographs: so many characters are context enough to find it.
_CONTEXT = 32


# All that a Pango layout takes from a style before it has its text.
_PROPERTIES = (
    "direction", "lang", "font_language_override", "font_family", "font_style", "font_stretch", "font_weight",
    "font_size", "font_variation_settings", "font_kerning", "font_variant_ligatures", "font_variant_position",
    "font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What every Pango layout of a style is made from; `features` is the text of its OpenType features."""

    context: Any
    description: Any
    language: Any
    features: bytes
    metrics: dict[str, float | None]


def _quick_setup(original: Any) -> Any:
    """`Layout.setup`: context, font and features are made once for a style."""
    from weasyprint.css import AnonymousStyle, ComputedStyle
    from weasyprint.text.ffi import ffi, gobject, pango

    def setup(layout: Any, style: Any) -> None:
        # A drawing's style is a plain one that is still being filled.
        if type(style) is not ComputedStyle and type(style) is not AnonymousStyle:
            original(layout, style)
            return
        prepared = vars(style).get("_imprint_text")
        if prepared is None:
            kept = vars(style.font_config).setdefault("_imprint_text", {})
            key = (style["text_decoration_line"] != "none", *(style[name] for name in _PROPERTIES))
            if key not in kept:
                kept[key] = _prepare(style)
            prepared = style._imprint_text = kept[key]
        layout.style = style
        layout.first_line_direction = 0
        layout.language = prepared.language
        vars(layout).update(prepared.metrics)
        layout.layout = made = ffi.gc(pango.pango_layout_new(prepared.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(made, False)
        pango.pango_layout_set_font_description(made, prepared.description)
        if prepared.features:
            # Never a list that is kept: spacing is added to it in place. The attribute is one for all of them.
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, style.font_config.font_features[prepared.features])
            pango.pango_layout_set_attributes(made, attributes)

    return setup


def _prepare(style: Any) -> _Prepared:
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
    metrics: dict[str, float | None] = dict.fromkeys(("ascent", "underline_position", "strikethrough_position"))
    if style["text_decoration_line"] != "none":
        found = ffi.gc(pango.pango_context_get_metrics(context, description, language), pango.pango_font_metrics_unref)
        for name in (*metrics, "underline_thickness", "strikethrough_thickness"):
            metrics[name] = FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(found)
    features = font_features(
        *(style[f"font_{name}"] for name in ("kerning", "variant_ligatures", "variant_position", "variant_caps")),
        *(style[f"font_{name}"] for name in ("variant_numeric", "variant_alternates", "variant_east_asian")),
        style["font_feature_settings"],
    )
    text = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    if text and text not in style.font_config.font_features:
        style.font_config.font_features[text] = pango.pango_attr_font_features_new(text)
    return _Prepared(context, description, language, text, metrics)


def _quick_key(original: Any) -> Any:
    """`_font_style_cache_key`: the text of fourteen properties is written once for a style."""

    def font_style_cache_key(style: Any, include_size: bool = False) -> str:
        name = "_imprint_font_and_size" if include_size else "_imprint_font"
        kept: str | None = vars(style).get(name)
        if kept is None:
            kept = original(style, include_size)
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


def _quick_split(original: Any) -> Any:
    return partial(_split_narrowest, original)


def _split_narrowest(
    original: Any, text: str, style: Any, context: Any, max_width: Any, spacing: Any, **options: Any
) -> Any:
    """`split_first_line` for the narrowest width of a table's cell, without shaping the whole rest of the text.

    The original is called once for every ideograph, with all that follows it: a cell costs the square of its length.
    """
    if max_width == 0 and len(text) > 2 * _CONTEXT:
        start = text[:_CONTEXT]
        if start.isalpha() and not start.isascii():
            found = original(start, style, context, max_width, spacing, **options)
            # Only where the line ended well before what was cut off.
            if found[2] is not None and found[2] < len(start[: _CONTEXT // 2].encode()):
                return found
    return original(text, style, context, max_width, spacing, **options)


def _lines() -> Any:
    return import_module("weasyprint.text.line_break")


TEXT_SHORTCUTS: tuple[tuple[Callable[[], Any], str, Callable[[Any], Any]], ...] = (
    (lambda: _lines().Layout, "setup", _quick_setup),
    (_lines, "_font_style_cache_key", _quick_key),
    (_lines, "line_size", _quick_size),
    (partial(import_module, "weasyprint.layout.preferred"), "split_first_line", _quick_split),
)
