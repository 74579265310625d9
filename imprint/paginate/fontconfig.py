"""A private fontconfig: the edition's faces in a folder of their own, and proof that nothing else can be found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from imprint.paginate.wardrobe import Wardrobe

_VARIABLE = "FONTCONFIG_FILE"


class ForeignFonts(Exception):
    """Fontconfig offers other fonts than the edition's own: the pages would depend on the machine. A bug."""


@contextmanager
def private_fonts(wardrobe: Wardrobe, configuration: Any = None) -> Iterator[Any]:
    """Yield a WeasyPrint FontConfiguration that knows the wardrobe's faces and nothing else: a new one, or the given
    one, which forgets those that it knew. Pango then shapes anew whatever was set with it.

    Fontconfig reads FONTCONFIG_FILE at each configuration and *fails open*: with a missing or broken file it offers the
    system's fonts in silence. So what it lists is compared with what we wrote; ForeignFonts is raised if they differ.
    """
    with TemporaryDirectory(prefix="imprint-fonts-") as name:
        folder = Path(name).resolve()
        fonts = folder / "fonts"
        fonts.mkdir()
        for prepared in wardrobe.faces:
            suffix = "otf" if prepared.data[:4] == b"OTTO" else "ttf"
            (fonts / f"{prepared.face.name}.{suffix}").write_bytes(prepared.data)
        file = folder / "fonts.conf"
        file.write_text(_configuration(fonts, folder / "cache"), encoding="utf-8")
        # The environment is the only way to tell fontconfig.
        before = os.environ.get(_VARIABLE)  # noqa: TID251
        os.environ[_VARIABLE] = str(file)  # noqa: TID251
        try:
            configuration = _configure(configuration)
            _verify(configuration, fonts)
            yield configuration
        finally:
            if before is None:
                del os.environ[_VARIABLE]  # noqa: TID251
            else:
                os.environ[_VARIABLE] = before  # noqa: TID251


def _configure(configuration: Any) -> Any:
    """A configuration of what the environment names by now."""
    from weasyprint.text.ffi import ffi, fontconfig, pangoft2
    from weasyprint.text.fonts import FontConfiguration

    if configuration is None:
        return FontConfiguration()
    # As its constructor does: the font map keeps the only reference.
    configuration._config = fontconfig.FcInitLoadConfigAndFonts()
    font_map = ffi.cast("PangoFcFontMap *", configuration.font_map)
    pangoft2.pango_fc_font_map_set_config(font_map, configuration._config)
    fontconfig.FcConfigDestroy(configuration._config)
    return configuration


def _configuration(fonts: Path, cache: Path) -> str:
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>\n<reset-dirs/>\n<dir>{escape(str(fonts))}</dir>\n"
        f"<cachedir>{escape(str(cache))}</cachedir>\n</fontconfig>\n"
    )


def listed_fonts(configuration: Any) -> tuple[Path, ...]:
    """The files of all fonts that fontconfig offers to the FontConfiguration."""
    from weasyprint.text.ffi import ffi, fontconfig

    found = fontconfig.FcConfigGetFonts(configuration._config, fontconfig.FcSetSystem)
    text = ffi.new("FcChar8 **")
    paths = []
    for index in range(found.nfont if found != ffi.NULL else 0):
        fontconfig.FcPatternGetString(found.fonts[index], b"file", 0, text)
        paths.append(Path(os.fsdecode(ffi.string(text[0]))))
    return tuple(paths)


def _verify(configuration: Any, folder: Path) -> None:
    listed = set(listed_fonts(configuration))
    expected = set(folder.iterdir())
    if listed != expected:
        foreign = sorted(str(path) for path in listed - expected)[:3]
        lost = sorted(path.name for path in expected - listed)[:3]
        raise ForeignFonts(f"fontconfig does not keep to the private folder: foreign {foreign}, lost {lost}")
