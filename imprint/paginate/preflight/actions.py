"""Actions: scripts, programs, sent forms, media and attached files, wherever a PDF can hide them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from imprint.paginate.preflight.navigation import walk_annotations
from imprint.paginate.preflight.objects import as_dict, as_list, as_text, entry, object_id
from imprint.paginate.preflight.opened import Opened

# ISO 19005-2, 6.5.1: all but these leave the document, or do something.
_HARMLESS = frozenset({"GoTo", "URI", "Named", ""})
_MEDIA = frozenset({"Movie", "Sound", "Screen", "3D", "RichMedia"})
CHAIN_LIMIT = 200


def check_actions(opened: Opened) -> None:
    """Nothing runs, leaves the document by itself, plays, or comes along unseen."""
    if as_dict(entry(entry(opened.catalog, "/Names"), "/JavaScript")) is not None:
        opened.found.add("javascript", "the document has scripts of its own")
    for page, holder in _holders(opened):
        for action in _actions(holder):
            kind = as_text(entry(action, "/S"))
            if kind == "JavaScript" or entry(action, "/JS") is not None:
                opened.found.add("javascript", "an action runs a script", page, object_id(holder))
            elif kind not in _HARMLESS:
                opened.found.add("action-forbidden", f"an action of type {kind}", page, object_id(holder))
        kind = as_text(entry(holder, "/Subtype"))
        if kind in _MEDIA:
            opened.found.add("multimedia", f"a {kind} annotation", page, object_id(holder))
        if kind == "FileAttachment":
            opened.found.add("attachment", "an annotation carries a file", page, object_id(holder))
    _check_attachments(opened)


def _check_attachments(opened: Opened) -> None:
    files = as_dict(entry(entry(opened.catalog, "/Names"), "/EmbeddedFiles"))
    if files is None:
        return
    for name, spec in pikepdf.NameTree(files).items():
        opened.found.add(
            "attachment", f"the file {as_text(entry(spec, '/UF')) or name!r} is attached", None, object_id(spec)
        )


def _holders(opened: Opened) -> Iterator[tuple[int | None, Any]]:
    """Whatever can carry an action: catalogue, pages, annotations, form fields."""
    yield None, opened.catalog
    for index, page in enumerate(opened.pages):
        yield index + 1, page
    yield from walk_annotations(opened)
    for form_field in as_list(entry(entry(opened.catalog, "/AcroForm"), "/Fields")):
        yield None, form_field


def _actions(holder: object) -> Iterator[pikepdf.Object]:
    """The holder's action, its additional actions (AA) and those that follow (Next), each once."""
    holding = as_dict(holder)
    # Hardly any holder has one of them, and to be told so thrice takes longer.
    keys = holding.keys() if holding is not None else frozenset()
    waiting = [entry(holder, key) for key in ("/A", "/OpenAction") if key in keys]
    more = as_dict(entry(holder, "/AA")) if "/AA" in keys else None
    if more is not None:
        waiting += [more.get(str(key)) for key in more]
    for _ in range(CHAIN_LIMIT):
        if not waiting:
            return
        action = as_dict(waiting.pop())
        if action is not None:
            yield action
            waiting += as_list(entry(action, "/Next"))
