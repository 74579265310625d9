"""Pictures and pages: resolution as placed, page boxes, the file's weight."""

from __future__ import annotations

from collections import Counter

from imprint.paginate.preflight.interpreter import inherited
from imprint.paginate.preflight.objects import rectangle
from imprint.paginate.preflight.opened import Opened

MINIMUM_PPI = {"screen": 150.0, "print": 300.0}
# Above this a paper is slow to load on a telephone; one full-page photograph of 150 ppi weighs about as much.
PAGE_WEIGHT = 512 * 1024
# A box may stand out by the rounding of two decimals.
SLACK = 0.02


def check_resolution(opened: Opened, profile: str) -> None:
    """No picture has fewer pixels per inch, as placed, than the profile asks for; half a per cent is rounding."""
    least = MINIMUM_PPI[profile]
    for content in opened.contents:
        for picture in content.pictures:
            if 0 < picture.ppi < least * 0.995:
                pixels = f"{picture.pixels[0]} × {picture.pixels[1]} pixels"
                message = f"picture {picture.name} of {pixels} is placed at {picture.ppi:.0f} ppi, under {least:.0f}"
                opened.found.add("image-resolution", message, content.number + 1, picture.object_id)


def check_boxes(opened: Opened) -> None:
    """Each page has a MediaBox, and the other boxes lie inside each other; all pages are of one size."""
    sizes: Counter[tuple[int, int]] = Counter()
    first: dict[tuple[int, int], int] = {}
    for index, page in enumerate(opened.pages):
        media = rectangle(inherited(page, "/MediaBox"))
        if media is None or media[2] - media[0] < 1 or media[3] - media[1] < 1:
            opened.found.add("page-box", "the page has no MediaBox that spans an area", index + 1)
            continue
        outer, outer_name = media, "MediaBox"
        for name in ("CropBox", "BleedBox", "TrimBox"):
            box = rectangle(inherited(page, f"/{name}") if name == "CropBox" else page.get(f"/{name}"))
            if box is None:
                continue
            if not contains(outer, box):
                opened.found.add("page-box", f"the {name} stands outside the {outer_name}", index + 1)
            if name == "BleedBox":
                outer, outer_name = box, name
        trim = rectangle(page.get("/TrimBox")) or media
        size = (round(trim[2] - trim[0]), round(trim[3] - trim[1]))
        sizes[size] += 1
        first.setdefault(size, index + 1)
    for size, number in sizes.most_common()[1:]:
        shown = f"{number} pages are {size[0]} × {size[1]} pt"
        opened.found.add("page-size-mixed", f"{shown}, others are not", first[size])


def contains(outer: tuple[float, float, float, float], inner: tuple[float, float, float, float]) -> bool:
    """Whether a rectangle lies inside another, but for rounding."""
    low = all(inner[i] >= outer[i] - SLACK for i in (0, 1))
    return low and all(inner[i] <= outer[i] + SLACK for i in (2, 3))


def check_weight(opened: Opened) -> None:
    """The file is not heavier than its pages excuse."""
    each = opened.size // max(len(opened.pages), 1)
    if each > PAGE_WEIGHT:
        opened.found.add("page-weight", f"{each // 1024} KiB a page, more than {PAGE_WEIGHT // 1024}")
