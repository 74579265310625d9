"""The wardrobe of one edition: the prepared faces that its characters need, and the stacks of families over them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from imprint.base.twin import map_shared
from imprint.paginate.characters import Characters
from imprint.paginate.faces import (
    CJK,
    HAN_SUFFIX,
    SHARED_PUNCTUATION,
    Face,
    Stacks,
    families_of,
    han_system,
    stacks_for,
)
from imprint.paginate.han import SPACING_PROBES
from imprint.paginate.library import FontFile, FontLibrary
from imprint.paginate.store import Store
from imprint.paginate.subset import RECIPE, subset_face
from imprint.paginate.toolchain import packages

_LATIN = ("Imprint Serif", "Imprint Sans", "Imprint Mono", "Imprint Display")


@dataclass(frozen=True)
class PreparedFace:
    """A face made for the edition: `data` is its file, `coverage` the code points it can draw, `source` the file it
    was made from."""

    face: Face
    data: bytes
    source: FontFile

    @cached_property
    def coverage(self) -> frozenset[int]:
        """The code points that the face's character map holds."""
        import uharfbuzz

        return frozenset(uharfbuzz.Face(uharfbuzz.Blob(self.data)).unicodes)


@dataclass(frozen=True)
class Wardrobe:
    """The prepared faces of one edition in `language` (BCP 47)."""

    language: str
    faces: tuple[PreparedFace, ...]
    languages: tuple[str, ...] = field(default=())

    @property
    def families(self) -> tuple[str, ...]:
        """The families on offer, each once."""
        return tuple(dict.fromkeys(prepared.face.family for prepared in self.faces))

    def stacks(self, language: str = "") -> Stacks:
        """The stacks for text in `language`; the edition's own by default."""
        return stacks_for(language or self.language, self.families)

    def find(self, family: str, weight: int, italic: bool = False) -> PreparedFace | None:
        """The face of the family whose slant and weight come nearest (CSS Fonts 4, 5.2: the heavier one wins a tie
        from 600 up)."""
        of_family = [prepared for prepared in self.faces if prepared.face.family == family]

        def distance(prepared: PreparedFace) -> tuple[bool, int, int]:
            other = prepared.face.weight
            return prepared.face.italic != italic, abs(other - weight), -other if weight >= 600 else other

        return min(of_family, key=distance, default=None)

    def css(self) -> str:
        """A style sheet with the stacks as custom properties (`--serif`, `--sans`, `--mono`, `--display`) on the root
        and on every element in another language of the page, and contextual spacing for Chinese and Japanese."""
        rules = [self._rule(":root", self.stacks())]
        for language in self.languages:
            # Lang ranges match by prefix (Selectors 4, 7.2), so the longer tags must come later.
            rules.append(self._rule(f':lang("{language}")', self.stacks(language)))
        return "\n".join(rules) + "\n"

    @staticmethod
    def _rule(selector: str, stacks: Stacks) -> str:
        def quoted(families: tuple[str, ...]) -> str:
            return ", ".join(f'"{family}"' for family in families)

        names = ("serif", "sans", "mono", "display")
        values = "; ".join(f"--{name}: {quoted(families)}" for name, families in zip(names, stacks, strict=True))
        return f"{selector} {{ {values} }}"


def prepare_wardrobe(
    language: str, characters: Characters, library: FontLibrary, store: Store, hands: int = 1
) -> Wardrobe:
    """Make the faces that an edition in `language` needs to draw `characters`, with as many `hands` (processes).

    Latin always (its Chinese and Japanese twin where a language of the page wants it); a script's family where one of
    the page's languages is written in it, or where it has a character that Latin lacks. Deterministic: the faces come
    in the order of the table, and their bytes depend on the fonts, the characters and the languages alone.
    """
    tags = {tag for tag in characters.languages if _is_tag(tag)}
    languages = tuple(sorted(tags, key=lambda tag: (tag.count("-"), tag)))
    spoken = dict.fromkeys((language, *languages))
    system = _dominant_system(language, characters.languages)
    wanted = frozenset(map(ord, characters.wanted))
    owned = frozenset(family for tag in spoken for family in families_of(tag))
    twins = any((han_system(tag) or "KOR ") != "KOR " for tag in spoken)
    patterns: list[_Pattern] = []
    reached: set[int] = set()
    for face, file in library.files.items():
        latin = face.family.removesuffix(HAN_SUFFIX) in _LATIN
        if face.family.endswith(HAN_SUFFIX) and not twins:
            continue
        if not latin and face.family not in owned and not _adds(face, file, characters, reached):
            continue
        patterns.append(_cut(face, file, wanted, system))
        if latin:
            reached |= _coverage(file) - set(map(ord, face.without))
    lacking = [pattern for pattern in patterns if not store.holds(pattern.key)]
    made = dict(zip((p.key for p in lacking), map_shared(partial(_sew, store=store), lacking, hands), strict=True))
    faces = (PreparedFace(p.face, made.get(p.key) or _sew(p, store), p.file) for p in patterns)
    return Wardrobe(language, tuple(faces), languages)


def _is_tag(tag: str) -> bool:
    return all(part.isalnum() and part.isascii() for part in tag.split("-"))


def _dominant_system(language: str, languages: Iterable[str]) -> str:
    """The Han forms that stand where nobody names a language: the edition's, else the first of the page's, else
    Simplified Chinese."""
    return next((system for tag in (language, *languages) if (system := han_system(tag))), "ZHS ")


def _adds(face: Face, file: FontFile, characters: Characters, reached: set[int]) -> bool:
    """Whether the file has one of the drawn characters that no Latin face has."""
    lacking = {ord(character) for character in characters.drawn} - reached
    return bool(lacking) and bool(lacking & _coverage(file))


_COVERAGE: dict[str, frozenset[int]] = {}


def _coverage(file: FontFile) -> frozenset[int]:
    """The code points of a whole font file, computed once per process (0.1 ms to 20 ms)."""
    import uharfbuzz

    if file.sha256 not in _COVERAGE:
        _COVERAGE[file.sha256] = frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file.path))).unicodes)
    return _COVERAGE[file.sha256]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What a face is made from: its file, characters (code points), and the language system of its Han forms."""

    face: Face
    file: FontFile
    characters: frozenset[int]
    system: str | None
    key: str


def _cut(face: Face, file: FontFile, wanted: frozenset[int], system: str) -> _Pattern:
    han = face.family == CJK
    added = SPACING_PROBES | frozenset(map(ord, SHARED_PUNCTUATION))
    # What a file lacks changes no byte of the face: a new ideograph must not make the Latin ones anew.
    characters = wanted | added if han else wanted & _coverage(file)
    key = face_key(face, file, characters, system if han else "")
    return _Pattern(face, file, characters, system if han else None, key)


def _sew(pattern: _Pattern, store: Store) -> bytes:
    """The face's file."""
    return store.fetch(
        pattern.key,
        lambda: subset_face(pattern.file.read_bytes(), pattern.face, pattern.characters, pattern.system),
    )


def face_key(face: Face, file: FontFile, characters: frozenset[int], system: str) -> str:
    """All that a prepared face is made from, the same in every process (the order of a set is not)."""
    digest = hashlib.sha256(",".join(map(str, sorted(characters))).encode()).hexdigest()
    tools = packages()
    versions = [tools[name] for name in ("fonttools", "uharfbuzz", "chws-tool", "east-asian-spacing")]
    described = f"{replace(face, without=frozenset())!r} {''.join(sorted(face.without))}"
    return "|".join((RECIPE, file.sha256, described, digest, system, *versions))
