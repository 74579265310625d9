"""Runs a page's content streams: what text each marked content draws, which pictures are placed how large."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

import pikepdf

from imprint.paginate.preflight.bidi import has_rtl, restore_order
from imprint.paginate.preflight.drawn import Mark, PageContent, Placed
from imprint.paginate.preflight.faces import Face, load_face
from imprint.paginate.preflight.objects import (
    as_dict,
    as_list,
    as_number,
    as_numbers,
    as_text,
    entry,
    object_id,
    object_key,
)
from imprint.paginate.preflight.plain import read_plain

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
TEXT_OPERATORS = "BMC BDC EMC Tf TJ Tj ' \" Do q Q cm"
# Forms inside forms, and forms drawn again and again, are how a small file asks for endless work.
FORM_DEPTH, FORM_LIMIT = 16, 20_000
# Many writers show each glyph as a string of its own, with its kerning between: half a million objects in a paper. The
# kerning does not matter here, so one string is made of them before qpdf parses the stream: a third of the time.
# Possessive, so that no hostile array makes the pattern try again.
_ARRAY = re.compile(rb"\[(?>(?:\s*+(?:<(?>(?:[0-9a-fA-F]{2})*)>|[-+.\d]++))*)\s*+\]\s*+TJ\b")
_HEX = re.compile(rb"<([0-9a-fA-F]*)>")


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """The transformation that does m first and n after (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = m
    g, h, i, j, x, y = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y)


class Interpreter:
    """Runs pages of one document; fonts are read once. Subclasses listen to further operators."""

    operators = TEXT_OPERATORS

    def __init__(self) -> None:
        self.faces: dict[Any, Face] = {}
        self._forms = 0
        self._scratch = pikepdf.new()
        self._do: dict[str, Callable[[Any], None]] = {
            "BMC": self._begin, "BDC": self._begin, "EMC": self._end, "Tf": self._font, "TJ": self._show,
            "Tj": self._show, "'": self._show, '"': self._show, "Do": self._draw, "q": self._save, "Q": self._restore,
            "cm": self._transform, "INLINE IMAGE": self._inline_image,
        }  # fmt: skip

    def run(self, page: pikepdf.Object, number: int) -> PageContent:
        """Run one page (numbered from 0). Damage is noted in the result, never raised."""
        self.page = PageContent(number)
        self.marks: list[Mark] = []
        self.mark: Mark | None = None
        self.ctm: Matrix = UNIT
        self.face: Face | None = None
        self.states: list[Any] = []
        self._depth, self._form_key = 0, ()
        self._resources = inherited(page, "/Resources")
        self._named_faces: dict[str, Face | None] = {}
        self._run_stream(page)
        return self.page

    def _run_stream(self, source: pikepdf.Object) -> None:
        for name, operands in self._instructions(source):
            action = self._do.get(name)
            if action is not None:
                try:
                    action(operands)
                except (IndexError, TypeError, ValueError, OverflowError) as error:
                    self.page.damage = self.page.damage or f"operator {name}: {error}"

    def _instructions(self, source: pikepdf.Object) -> list[tuple[str, Any]]:
        """The instructions we listen to; all of them where there may be an inline image, which the filter hides."""
        try:
            data = content_bytes(source)
            if self.operators == TEXT_OPERATORS and (plain := read_plain(data)) is not None:
                return plain
            data = _ARRAY.sub(_join_strings, data)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # qpdf's own warnings, asked for below, say the same
                wanted = "" if b"BI" in data else self.operators
                parsed = pikepdf.parse_content_stream(self._scratch.make_stream(data), wanted)
        except (pikepdf.PdfError, TypeError, ValueError) as error:
            self.page.damage = self.page.damage or str(error)
            return []
        for warning in self._scratch.get_warnings():
            self.page.damage = self.page.damage or str(warning)
        return [(str(instruction.operator), instruction.operands) for instruction in parsed]

    # --- state -------------------------------------------------------------------------------------------------

    def _state(self) -> Any:
        return (self.ctm, self.face)

    def _set_state(self, state: Any) -> None:
        self.ctm, self.face = state

    def _save(self, operands: Any) -> None:
        if len(self.states) < 10_000:
            self.states.append(self._state())

    def _restore(self, operands: Any) -> None:
        if self.states:
            self._set_state(self.states.pop())

    def _transform(self, operands: Any) -> None:
        a, b, c, d, e, f = (float(operand) for operand in operands)
        self.ctm = multiply((a, b, c, d, e, f), self.ctm)

    # --- marked content ----------------------------------------------------------------------------------------

    def _begin(self, operands: Any) -> None:
        outer = self.mark
        entries = self._properties(operands[1]) if len(operands) > 1 else {}
        number, actual = entries.get("/MCID"), entries.get("/ActualText")
        tag = str(operands[0])
        mark = Mark(
            tag=tag,
            mcid=number if isinstance(number, int) else None,
            owner=outer.owner if outer else None,
            artifact=bool(outer and outer.artifact) or tag == "/Artifact",
            replaced=bool(outer and outer.replaced) or actual is not None,
            lang=as_text(lang) if (lang := entries.get("/Lang")) is not None else "",
        )
        if mark.mcid is not None:
            mark.owner, mark.key = mark, (self.page.number, *self._form_key, mark.mcid)
            self.page.marks[mark.key] = mark
        if actual is not None and not (outer and outer.replaced):
            self._take(as_text(actual), mark)
        self.marks.append(mark)
        self.mark = mark

    def _properties(self, operand: Any) -> dict[str, Any]:
        """The property list of a marked content: a dictionary, or the name of one among the resources."""
        if isinstance(operand, dict):
            return operand
        properties = as_dict(operand)
        if properties is None:
            properties = as_dict(entry(entry(self._resources, "/Properties"), str(operand)))
        return {} if properties is None else dict(properties.items())

    def _end(self, operands: Any) -> None:
        if self.marks:
            self.marks.pop()
        self.mark = self.marks[-1] if self.marks else None

    def _take(self, text: str, mark: Mark | None) -> None:
        """Give a text to its marked content, or to the page's loose text where there is none."""
        if mark and mark.owner:
            mark.owner.texts.append(text)
            mark.owner.rtl = mark.owner.rtl or has_rtl(text)
        elif text.strip() and not (mark and mark.artifact):
            self.page.loose.append(text)

    # --- text --------------------------------------------------------------------------------------------------

    def _font(self, operands: Any) -> None:
        name = str(operands[0])
        if name not in self._named_faces:
            self._named_faces[name] = self._load(entry(entry(self._resources, "/Font"), name))
        self.face = self._named_faces[name]

    def _load(self, font: object) -> Face | None:
        dictionary = as_dict(font)
        if dictionary is None:
            return None
        key = object_key(dictionary) or ("direct", id(self.page), len(self.faces))
        if key not in self.faces:
            self.faces[key] = load_face(dictionary)
        return self.faces[key]

    def _show(self, operands: Any) -> None:
        face, mark = self.face, self.mark
        if face is None:
            return
        shown = face.decode(shown_bytes(operands[-1]))
        if mark and not shown.blank:
            # Nearly all text: plain text of the content, and what stands in an artifact.
            if mark.owner and not (shown.unmapped or shown.rtl or mark.replaced):
                mark.owner.texts.append(shown.text)
                return
            if mark.artifact and not mark.owner:
                return
        if shown.blank:
            self.page.notdef[face.name] = self.page.notdef.get(face.name, 0) + 1
        if mark and mark.replaced:
            return
        if shown.unmapped and not (mark and mark.artifact):
            if mark and mark.owner:
                mark.owner.unmapped = face.name
            else:
                self.page.unmapped[face.name] = self.page.unmapped.get(face.name, 0) + 1
        if shown.rtl:
            self._show_rtl(shown.clusters, mark)
        else:
            self._take(shown.text, mark)

    def _show_rtl(self, clusters: tuple[str, ...], mark: Mark | None) -> None:
        """Keep the clusters apart, so that they can be put into logical order when the marked content is complete."""
        if mark and mark.owner:
            mark.owner.texts.extend(clusters)
            mark.owner.rtl = True
        else:
            self._take("".join(restore_order(clusters)), mark)

    # --- pictures and forms ------------------------------------------------------------------------------------

    def _draw(self, operands: Any) -> None:
        name = str(operands[0])
        drawn = entry(entry(self._resources, "/XObject"), name)
        kind = as_text(entry(drawn, "/Subtype"))
        if kind == "Image":
            self._place(name, object_id(drawn), entry(drawn, "/Width"), entry(drawn, "/Height"))
        elif kind == "Form":
            self._run_form(drawn)

    def _inline_image(self, operands: Any) -> None:
        image = operands[0]
        self._place("inline image", None, image.width, image.height)

    def _place(self, name: str, at: str | None, width: object, height: object) -> None:
        a, b, c, d, _, _ = self.ctm
        pixels = (int(as_number(width) or 0), int(as_number(height) or 0))
        points = ((a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5)
        self.page.pictures.append(Placed(self.page.number, name.lstrip("/"), at, pixels, points))

    def _run_form(self, form: pikepdf.Object) -> None:
        self._forms += 1
        if self._depth >= FORM_DEPTH or self._forms > FORM_LIMIT:
            self.page.damage = self.page.damage or "forms are nested too deep, or drawn too often"
            return
        kept = (self._state(), self.states, self._resources, self._named_faces, self._form_key, self.marks, self.mark)
        matrix = as_numbers(entry(form, "/Matrix"), 6)
        if matrix:
            self.ctm = multiply(matrix, self.ctm)  # type: ignore[arg-type]  # as_numbers has checked the length
        self.states, self.marks = [], list(self.marks)
        resources = as_dict(entry(form, "/Resources"))
        if resources is not None:
            self._resources, self._named_faces = resources, {}
        if entry(form, "/StructParents") is not None:
            self._form_key = (object_key(form),)  # type: ignore[assignment]
        self._depth += 1
        self._run_stream(form)
        self._depth -= 1
        state, self.states, self._resources, self._named_faces, self._form_key, self.marks, self.mark = kept
        self._set_state(state)


def shown_bytes(operand: object) -> bytes:
    """The bytes that `Tj` or `TJ` shows."""
    if isinstance(operand, bytes):
        return operand
    if isinstance(operand, pikepdf.String):
        return bytes(operand)
    return b"".join(bytes(item) for item in as_list(operand) if isinstance(item, pikepdf.String))


def content_bytes(source: pikepdf.Object) -> bytes:
    """The drawing instructions of a page (its parts joined, ISO 32000-1, 7.8.2) or of a form. Raises PdfError."""
    contents = source if isinstance(source, pikepdf.Stream) else entry(source, "/Contents")
    return b"\n".join(part.read_bytes() for part in as_list(contents) if isinstance(part, pikepdf.Stream))


def _join_strings(array: re.Match[bytes]) -> bytes:
    return b"<" + b"".join(_HEX.findall(array[0])) + b">Tj"


def inherited(page: object, key: str) -> Any:
    """A page's attribute, taken from the page tree above where the page has none (ISO 32000-1, 7.7.3.4)."""
    for _ in range(64):
        if entry(page, key) is not None or page is None:
            return entry(page, key)
        page = entry(page, "/Parent")
    return None
