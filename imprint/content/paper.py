"""The paper's settings: paper.toml in, a Paper out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from imprint.base.confine import Limits
from imprint.base.diagnostic import Diagnostics, Location, UsageError
from imprint.base.edition import Edition, resolve_language
from imprint.base.sources import Sources
from imprint.content.models import PaperFile, PlaceholderTable
from imprint.content.region import Region, load_regions
from imprint.content.toml import TomlFile, convert_toml, load_toml
from imprint.content.tree import Element, Message, Node, Text, Value

PATH = "content/paper.toml"
# Names that every paper has; declaring one again is an error.
BUILT_IN = frozenset({"title", "version", "date", "region_name", "edition_name"})


@dataclass(frozen=True, slots=True)
class Paper:
    """What holds for the whole paper. `id` is the stem of its file names, `language` the source's BCP 47 tag."""

    id: str
    version: str
    date: date
    language: str
    settings: PaperFile
    file: TomlFile
    regions: Mapping[str, Region]

    def editions(self) -> tuple[Edition, ...]:
        """The whole matrix, by region's name and in the order of its languages."""
        return tuple(edition for region in self.regions.values() for edition in region.editions())

    def limits(self, spent: float = 0.0) -> Limits:
        """What reading the paper and building one edition of it may use together, `spent` seconds being gone."""
        table = self.settings.limits
        return Limits(cpu_seconds=table.cpu_seconds, memory_mib=table.memory_mib, spent=spent)

    @property
    def placeholder_names(self) -> frozenset[str]:
        """Every name that a text may use in braces."""
        own = {name for region in self.regions.values() for name in region.placeholders}
        return BUILT_IN | set(self.settings.placeholders) | own


def load_paper(sources: Sources, diagnostics: Diagnostics) -> Paper | None:
    """Read paper.toml and the regions; None, with every slip kept, where paper.toml cannot be used."""
    file = load_toml(sources, PATH, diagnostics)
    settings = convert_toml(file, PaperFile, diagnostics) if file else None
    regions = load_regions(sources, diagnostics)
    if file is None or settings is None:
        return None
    own = [(name, at) for region in regions.values() for name, (_, at) in region.placeholders.items()]
    for name, at in [*((name, file.at("placeholders", name)) for name in settings.placeholders), *own]:
        if name in BUILT_IN:
            hint = f"choose another name than {', '.join(sorted(BUILT_IN))}"
            diagnostics.error("built-in", f"'{name}' is always there", at, hint)
    table = settings.paper
    try:
        resolve_language(table.language, "001")
    except UsageError as error:
        at = file.at("paper", "language")
        diagnostics.error("unknown-language", str(error), at, "use a BCP 47 tag such as en")
    return Paper(table.id, table.version, table.date, table.language, settings, file, regions)


def paper_meta(paper: Paper) -> Element:
    """Everything translatable that is not in a chapter: the title page's texts and the placeholders' values."""
    return Element("meta", {}, (*_title_texts(paper), *_placeholders(paper)), Location(PATH))


def _title_texts(paper: Paper) -> Iterator[Element]:
    table = paper.settings.paper
    for name in ("title", "subtitle", "subject", "author", "notice", "licence"):
        text = getattr(table, name)
        if text:
            yield Element(name, {}, (_text(text, paper.file.at("paper", name), "title"),))
    at = paper.file.at("paper", "keywords")
    yield Element("keywords", {}, tuple(_text(word, at, "keyword") for word in table.keywords), at)


def _placeholders(paper: Paper) -> Iterator[Element]:
    """One element for each distinct value of a name, carrying the regions in which it holds."""
    values: dict[tuple[str, PlaceholderTable], tuple[Location, list[str]]] = {}
    for key, region in paper.regions.items():
        built_in = {
            "region_name": (region.profile.name, region.file.at("name")),
            "edition_name": (region.profile.edition, region.file.at("edition")),
        }
        for name, (text, at) in built_in.items():
            table = PlaceholderTable(text=text, territories=None, translate=True)
            values.setdefault((name, table), (at, []))[1].append(key)
        for name, table in paper.settings.placeholders.items():
            if name not in region.placeholders and name not in BUILT_IN:
                at = paper.file.at("placeholders", name)
                values.setdefault((name, table), (at, []))[1].append(key)
        for name, (table, at) in region.placeholders.items():
            if name not in built_in:
                values.setdefault((name, table), (at, []))[1].append(key)
    for (name, table), (at, keys) in values.items():
        yield Element("placeholder", {"name": name, "regions": " ".join(keys)}, (_value(table, at),), at)


def _value(table: PlaceholderTable, at: Location) -> Node:
    if table.text is not None:
        return _text(table.text, at, "placeholder") if table.translate else Value("verbatim", table.text, at)
    if table.territories is not None:
        return Value("territories", tuple(table.territories), at)
    if table.date is not None:
        return Value("date", table.date, at)
    return Value("number", table.number or 0, at)


def _text(text: str, at: Location, kind: str) -> Text:
    return Text(Message(text, at, kind), text)

