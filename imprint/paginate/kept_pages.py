"""Kept pages: what was laid out once is not laid out again where nothing has changed that it depends on.

For a process that renders one edition again and again. A page that begins with a forced break depends on what stands
between it and the next such break, on the styles, and on the few things that WeasyPrint 70.0 carries from page to page
(`page_maker`). Such a *stretch* of pages (a chapter) is kept, and put in again where its words, generated contents
included, its elements, and all that a selector can see of it are what they were.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from xml.etree import ElementTree

from imprint.paginate.recording import seen_warnings
from imprint.paginate.replacement import replaced

# With these a selector sees into other elements than those around its own and beside them.
_FAR = re.compile(r":(has|empty)\b")
# The indices of boxes in their parents, from the root's children on.
Path = tuple[int, ...]


@dataclass(slots=True)
class _Page:
    """A laid-out page: its box, the children of that and of the root's (which the end of the layout replaces), the
    state of `page_maker` after it, and the anchors that it is the first to show."""

    box: Any
    children: list[Any]
    root_children: list[Any]
    after: tuple[Any, Any, Any, Any]
    anchors: list[str]


@dataclass(slots=True)
class _Stretch:
    """The pages from one forced break to the next; `signature` is of the box at `path`, which fills them."""

    path: Path = ()
    signature: object = None
    pages: list[_Page] = field(default_factory=list)
    sound: bool = True


class KeptPages:
    """The stretches of the last rendering."""

    def __init__(self) -> None:
        self._stretches: dict[str, _Stretch] = {}
        self._styles: tuple[str, ...] = ()
        self._files: Mapping[str, bytes] = {}

    @contextmanager
    def put_in(self, tree: Any, files: Mapping[str, bytes], sheet: str) -> Iterator[None]:
        """Within, the page `tree` (an element), which uses the `files` and the style `sheet`, is laid out: what is kept
        is put in, and the new is kept if that succeeds without a warning."""
        from weasyprint.layout import page

        styles = (sheet, *_styles(tree), *_sheets(files))
        changed = {name for name in {*files, *self._files} if files.get(name) != self._files.get(name)}
        same = styles == self._styles and not any(name in style for name in changed for style in styles)
        stretches = self._stretches if same and not any(map(_FAR.search, styles)) else {}
        layout = _Layout(stretches, changed)
        with replaced(page, "remake_page", partial(layout.remake_page, page.remake_page)), seen_warnings() as warnings:
            yield
        # What is put in would not warn again.
        if not warnings.seen:
            self._stretches, self._styles, self._files = layout.finish(), styles, files


class _Layout:
    """One layout: what stands in the place of `remake_page`."""

    def __init__(self, stretches: Mapping[str, _Stretch], changed: set[str]) -> None:
        self._kept = stretches
        self._changed = changed
        self._made: dict[str, _Stretch] = {}
        self._stretch = _Stretch(sound=False)
        self._begin: Path = ()
        self._waiting: list[_Page] = []
        self._root: Any = None

    def remake_page(self, original: Any, index: int, context: Any, root: Any, html: Any) -> Any:
        """`remake_page`."""
        maker = context.page_maker
        if index + 1 < len(maker):
            # Something on it was not known when it was first made: it depends on other pages.
            self._forget(maker, index)
            return original(index, context, root, html)
        self._root = root
        state = maker[index][:4]
        if not self._waiting and state[1]["break"] != "any":
            self._start(index, state, context)
        if self._waiting:
            return self._put(self._waiting.pop(0), index, context, html)
        page, resume_at = original(index, context, root, html)
        self._keep(page, context, index)
        return page, resume_at

    def finish(self) -> dict[str, _Stretch]:
        """The layout is done: the stretches that it was made of."""
        self._close(None)
        return {key: stretch for key, stretch in self._made.items() if stretch.sound}

    def _start(self, index: int, state: tuple[Any, ...], context: Any) -> None:
        """A forced break: the stretch before it ends."""
        resume_at = state[0]
        self._close(resume_at)
        self._begin = _path(resume_at)
        key = repr((index, *state))
        kept = self._kept.get(key)
        clear = not context.reported_footnotes and not context.broken_out_of_flow
        if kept and kept.sound and clear and self._is_same(kept):
            self._stretch = kept
            self._waiting = list(kept.pages)
        else:
            self._stretch = _Stretch(sound=clear and bool(self._begin))
        self._made[key] = self._stretch

    def _close(self, resume_at: Any) -> None:
        stretch = self._stretch
        if stretch.path or not stretch.sound:
            return
        path, end = self._begin, _path(resume_at)
        if resume_at is not None:
            path = (*path, *[0] * (len(end) - len(path)))
            whole = bool(end) and (*path[:-1], path[-1] + 1) == end
        else:
            whole = self._is_last(path)
        stretch.path, stretch.signature = path, self._sign(path) if path and whole else None
        stretch.sound = stretch.signature is not None

    def _is_last(self, path: Path) -> bool:
        box = self._root
        for index in path:
            if index != len(box.children) - 1:
                return False
            box = box.children[index]
        return True

    def _keep(self, page: Any, context: Any, index: int) -> None:
        """Note a page that was made; what it depends on besides its stretch makes that unsound."""
        maker = context.page_maker
        remake = maker[index][-1]
        resume_at, next_page, right_page, page_state, _ = maker[index + 1]
        running = any(elements.get(index + 1) for elements in context.running_elements.values())
        seen = remake["content_lookups"] or remake["content_changed"] or remake["pages_wanted"] or running
        looked = any(child.missing_link for child in page.descendants(placeholders=True))
        open_ended = context.reported_footnotes or context.broken_out_of_flow
        last = resume_at is None or next_page["break"] != "any"
        if index == 0 or seen or looked or page.fixed_boxes or (last and open_ended):
            self._stretch.sound = False
        after = (resume_at, next_page, right_page, copy.deepcopy(page_state))
        self._stretch.pages.append(
            _Page(page, list(page.children), list(page.children[0].children), after, list(remake["anchors"]))
        )

    def _put(self, kept: _Page, index: int, context: Any, html: Any) -> Any:
        """What `remake_page` and `make_page` leave of a page that is there already."""
        from weasyprint.layout.page import set_page_type_computed_styles

        page, maker = kept.box, context.page_maker
        page.children = list(kept.children)
        page.children[0].children = list(kept.root_children)
        set_page_type_computed_styles(page.page_type, html, context.style_for)
        context.current_page = index + 1
        resume_at, next_page, right_page, page_state = copy.deepcopy(kept.after)
        for anchor in kept.anchors:
            maker[index][-1]["anchors"].append(anchor)
            context.target_collector.cache_target_page_counters(anchor, page_state[1], index, maker)
        remake = {"content_changed": resume_at is not None, "pages_wanted": False, "anchors": [], "content_lookups": []}
        maker.append((resume_at, next_page, right_page, page_state, remake))
        return page, resume_at

    def _forget(self, maker: list[Any], index: int) -> None:
        for stretch in self._made.values():
            if any(page.after[0] == maker[index + 1][0] for page in stretch.pages):
                stretch.sound = False

    def _is_same(self, stretch: _Stretch) -> bool:
        return stretch.signature == self._sign(stretch.path, self._changed)

    def _sign(self, path: Path, changed: Iterable[str] = ()) -> object:
        """All that the layout of the box at the path depends on; None where it shows a file that has changed."""
        box, around = self._root, []
        for index in path:
            around.append([(child.element_tag, _attributes(child)) for child in box.children])
            if index >= len(box.children):
                return None
            box = box.children[index]
        if box.element is None:
            return None
        source = ElementTree.tostring(box.element, "unicode")
        if any(name in source for name in changed):
            return None
        return source, path, around, _attributes(self._root), [*_words(box)]


def _words(box: Any) -> Iterator[tuple[str, str, str]]:
    for found in box.descendants(placeholders=True):
        yield type(found).__name__, found.element_tag, getattr(found, "text", "")
        if (note := getattr(found, "footnote", None)) is not None:
            yield from _words(note)


def _attributes(box: Any) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(box.element.attrib.items())) if box.element is not None else ()


def _path(resume_at: Any) -> Path:
    """Where the layout goes on; nothing where it does so in several places at once (the cells of a row)."""
    path = []
    while resume_at:
        (index, after), *others = resume_at.items()
        if others:
            return ()
        path.append(index)
        resume_at = after
    return tuple(path)


def _styles(tree: Any) -> list[str]:
    return [ElementTree.tostring(element, "unicode") for element in tree.iter() if element.tag in ("style", "link")]


def _sheets(files: Mapping[str, bytes]) -> list[str]:
    return [data.decode("utf-8", "replace") for name, data in sorted(files.items()) if name.endswith(".css")]
