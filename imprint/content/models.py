"""The shapes of the paper's TOML files."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
VERSION = r"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$"
Tag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Territory = Annotated[str, Field(pattern=r"^([A-Z]{2}|\d{3})$")]


class Strict(BaseModel):
    """A table in which an unknown key is an error."""

    # A table inside another is checked by the other's schema: most never need one of their own.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class PaperTable(Strict):
    """`[paper]`"""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,80}$")]
    title: Annotated[str, Field(min_length=1)]
    subtitle: str = ""
    subject: str = ""
    keywords: Annotated[list[str], Field(max_length=100)] = []
    author: str = ""
    version: Annotated[str, Field(pattern=VERSION)]
    date: dt.date
    language: str = "en"
    notice: str = ""
    licence: str = ""
    chapters: Annotated[list[str], Field(min_length=1)]


class PlaceholderTable(Strict):
    """`name = { text = "…" }`: exactly one typed value."""

    text: str | None = None
    date: dt.date | None = None
    number: Annotated[int | float, Field(allow_inf_nan=False)] | None = None
    territories: tuple[Territory, ...] | None = Field(None, strict=False)
    translate: bool = False

    @model_validator(mode="after")
    def _one_value(self) -> PlaceholderTable:
        given = [name for name in ("text", "date", "number", "territories") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of text, date, number, territories")
        if self.translate and given != ["text"]:
            raise ValueError("only a text is translated")
        return self


class LimitsTable(Strict):
    """`[limits]`: what one edition may use. Seconds of CPU and MiB of memory."""

    cpu_seconds: Annotated[int, Field(ge=1, le=3600)] = 10
    memory_mib: Annotated[int, Field(ge=256, le=65536)] = 1024


class CheckTable(Strict):
    """`[check.<lang>]`: rules of `check` that are silenced for a language."""

    ignore: list[str] = []


class ReleaseTable(Strict):
    """`[release]`: what a release asks for beyond whole editions.

    `review` lists the states of a catalog's header (`X-Review`) that may be published, none meaning any; `pinned` maps
    an edition (`cn/zh-Hans`) to the released version whose issue is carried on. Without `print`, a release holds no
    PDFs for the print shop.
    """

    print: bool = True
    review: list[Annotated[str, Field(min_length=1)]] = []
    pinned: dict[str, Annotated[str, Field(pattern=VERSION)]] = {}


class AppendixTable(Strict):
    """`[appendix]`: pages that are made at the paper's end.

    `differences` asks for what differs between the editions of one language, `changes` names the released version since
    which the edition's changes are listed.
    """

    differences: bool = False
    changes: Annotated[str, Field(pattern=VERSION)] | None = None


class SiteTable(Strict):
    """`[site]`: where the web editions will be. Without an address every link between them is relative."""

    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"?#]+$")] | None = None


class PaperFile(Strict):
    """content/paper.toml"""

    paper: PaperTable
    site: SiteTable = Field(default_factory=SiteTable)
    placeholders: dict[Name, PlaceholderTable] = {}
    limits: LimitsTable = Field(default_factory=LimitsTable)
    check: dict[str, CheckTable] = {}
    release: ReleaseTable = Field(default_factory=ReleaseTable)
    appendix: AppendixTable = Field(default_factory=AppendixTable)


class RegionFile(BaseModel):
    """content/regions/*.toml; arrays of tables beside these keys are free data for tables."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True, defer_build=True)

    name: Annotated[str, Field(min_length=1)]
    edition: Annotated[str, Field(min_length=1)]
    territory: Territory
    languages: Annotated[list[str], Field(min_length=1)]
    paper_size: Literal["A4", "A5", "B5", "letter", "legal"] = "A4"
    inherits: str | None = None
    placeholders: dict[Name, PlaceholderTable] = {}


class ColumnTable(Strict):
    """`[[columns]]` of a data table."""

    key: str
    title: Annotated[str, Field(min_length=1)]
    type: Literal["text", "verbatim", "date", "number", "territories", "list", "url", "sources"] = "text"
    width: Annotated[float, Field(gt=0, lt=100)] | None = None
    header: bool = False
    narrow: Annotated[int, Field(ge=0)] = 0
    note: str = ""


class DataFile(Strict):
    """content/data/*.toml"""

    partial: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")] = "grid"
    columns: Annotated[list[ColumnTable], Field(min_length=1, max_length=40)]
    rows: str | list[dict[str, Any]] = []


class SourceTable(Strict):
    """One source; from the day that it `expires`, no release may cite it."""

    title: Annotated[str, Field(min_length=1)]
    publisher: str = ""
    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$")] | None = None
    date: dt.date | Annotated[int, Field(ge=1900, le=2200)] | None = None
    expires: dt.date | None = None
    language: Tag = "en"


class TermTable(Strict):
    """One entry of the glossary."""

    id: Key
    term: Annotated[str, Field(min_length=1)]
    definition: Annotated[str, Field(min_length=1)]
    abbr: str = ""
    regions: list[str] = []


class GlossaryFile(Strict):
    """content/glossary.toml"""

    terms: list[TermTable] = []
