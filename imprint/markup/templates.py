"""The door to the designers' Jinja2 templates: the paper's own first, then the engine's; read through Sources."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import CodeType
from typing import Any, ClassVar

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    select_autoescape,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from imprint.base.confine import note_place
from imprint.base.diagnostic import Location
from imprint.base.sources import Absent, Sources

ROOTS = ("paper:templates", "engine:templates")

# The media that pages are made for. The templates of print are the base; the others have some in a folder of their own.
# The press is the print shop's: print's pages, with a style sheet more.
PRINT, WEB, PRESS = "", "web", "press"


class SourcesLoader(BaseLoader):
    """Loads templates through the reading door, so that an override that appears later makes the edition stale."""

    def __init__(self, sources: Sources, medium: str = PRINT) -> None:
        self._sources = sources
        self._medium = medium

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Jinja's hook: the medium's own template of the name, else the common one. Raises TemplateNotFound."""
        if self._medium:
            own = f"{self._medium}/{template}"
            with contextlib.suppress(TemplateNotFound):
                return read_template(self._sources, own), own, lambda: True
        return read_template(self._sources, template), template, lambda: True


class _Compiled(BytecodeCache):
    """What this process has compiled, by a template's name and text: nothing that runs is read from a disk."""

    _codes: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja's hook."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja's hook."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


class _NotedTemplate(Template):
    """Says which template is at work, for it may have no end."""

    def render(self, *arguments: Any, **values: Any) -> str:
        """Jinja's `render`."""
        note_place(f"the template {self.name}", f"templates/{self.name}")
        return super().render(*arguments, **values)


def read_template(sources: Sources, name: str) -> str:
    """Return the text of a template or style: the paper's own where it has one. Raises TemplateNotFound."""
    for root in ROOTS:
        try:
            return sources.read_text(f"{root}/{name}")
        except Absent:
            continue
    raise TemplateNotFound(name)


def list_templates(sources: Sources, suffix: str) -> tuple[str, ...]:
    """The names of all templates that end in `suffix`, those of the paper and of the engine, sorted."""
    names: set[str] = set()
    for root in ROOTS:
        prefix = f"{root.removeprefix('paper:')}/"
        names |= {path.removeprefix(prefix) for path in sources.list(root, suffix)}
    return tuple(sorted(names))


def compile_templates(sources: Sources) -> None:
    """Compile the templates of print, which every environment of this process then has. Raises TemplateError."""
    environment = make_environment(sources, str)
    for name in list_templates(sources, ".html"):
        if not name.startswith((f"{WEB}/", f"{PRESS}/")):
            environment.get_template(name)


def locate_style(sources: Sources, words: str) -> Location:
    """Where a template has these words of a style, or else where it has a style at all."""
    return _locate(sources, (".html",), (words, "<style", "style="))


def locate_address(sources: Sources, address: str) -> Location:
    """Where a template or style has the address, or the end of it: it may be written relative to something."""
    return _locate(sources, (".html", ".css"), (address, address.partition(":")[2], address.rpartition("/")[2]))


def _locate(sources: Sources, suffixes: tuple[str, ...], wanted: tuple[str, ...]) -> Location:
    """The first line of the templates that has the first of the wanted that any has."""
    found: dict[str, Location] = {}
    for name in (name for suffix in suffixes for name in list_templates(sources, suffix)):
        for number, line in enumerate(read_template(sources, name).split("\n"), 1):
            for words in wanted:
                if words and words in line:
                    found.setdefault(words, Location(f"templates/{name}", number))
    return next((found[words] for words in wanted if words in found), Location("templates"))


def make_environment(sources: Sources, translate: Callable[[str], str], medium: str = PRINT) -> Environment:
    """Return one edition's environment. `_('…', name=value)` in a template is the edition's language.

    A translation is text and never markup: it is escaped, and its braces are replaced only by the names that the
    template gives. (Jinja's own `{% trans %}` marks a translation as safe, and formats it with `%`.)
    """
    # Sandboxed, because a paper from elsewhere brings its own templates: they must not run programs here.
    environment = ImmutableSandboxedEnvironment(
        loader=SourcesLoader(sources, medium),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(),
    )

    environment.template_class = _NotedTemplate

    def gettext(message: str, **values: Any) -> Markup:
        text = escape(translate(message))
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", escape(value))
        return text

    environment.globals["_"] = gettext
    return environment
