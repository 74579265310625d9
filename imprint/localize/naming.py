"""Two names in a source message (placeholder, citation, note, link's target) → whether they name the same thing."""

from __future__ import annotations

import re

_SHORT = 3
# A provision or an act in an address: /art-17, article/6, eli/reg/2016/679, #section-5, act-2018, decision_2021-914.
_PROVISION = re.compile(
    r"(?:^|[/#?=&_.-])(?:art(?:icle|icles|ikel)?|sec(?:tion)?s?|recitals?|annex(?:es)?|para(?:graph)?|clause|schedule|"
    r"reg(?:ulation)?|dir(?:ective)?|dec(?:ision)?|act|law|cap|celex|"
    # Of some collections: uscode/text/15/6501, cfr/text/16/312.5, ukpga/2018/12, sectionNum=1798.105, __38.html.
    r"(?:uscode|usc|cfr)(?:/text)?|uk(?:pga|si|la|sr)|sectionnum|_)[/:=_.-]?(\d[\w/_.-]*|(?=[ivx]+\b)[ivx]+)",
    re.IGNORECASE,
)


def is_renamed(old: str, new: str) -> bool:
    """Whether a name is another form of the old one: a part more or less, abbreviated, or misspelt; numbers alike.

    A year may gain its century (rep-20, rep-2020); `wp-2-1` and `wp-3-1` are two things.
    """
    if old.count("@") != new.count("@"):
        return False
    parts_old, parts_new = (re.findall(r"[^\W_]+", name) for name in (old, new))
    if parts_old == parts_new:
        return True
    numbers_old, numbers_new = ([part for part in parts if part.isdigit()] for parts in (parts_old, parts_new))
    if len(numbers_old) != len(numbers_new) or not all(
        a == b or ({len(a), len(b)} == {2, 4} and (a.endswith(b) or b.endswith(a)))
        for a, b in zip(numbers_old, numbers_new, strict=True)
    ):
        return False
    if set(parts_old) < set(parts_new) or set(parts_new) < set(parts_old):
        return True
    if len(parts_old) == len(parts_new):
        pairs = zip(parts_old, parts_new, strict=True)
        return all(a.isdigit() or _is_short(a, b) or _is_short(b, a) or _is_near(a, b) for a, b in pairs)
    return _is_near("".join(parts_old), "".join(parts_new))


def _is_short(short: str, long: str) -> bool:
    return len(short) >= _SHORT and long.startswith(short)


def _is_near(old: str, new: str) -> bool:
    """Whether a long name was only misspelt."""
    from rapidfuzz.distance import OSA

    if not (old.isalpha() and new.isalpha()):
        return old == new
    return old == new or (
        min(len(old), len(new)) >= 5 and OSA.distance(old, new) <= 1 and old[0] == new[0] and old[-1] == new[-1]
    )


def is_same_sort(old: str, new: str) -> bool:
    """Whether two targets lead to things of one sort: without a title, and cross references to the same kind of thing.

    `[](#fig-x)` writes "Figure 2" and `[](#sec-x)` "Section 3": in another gender or case, in many languages.
    """
    if re.search(r"\s", old + new) or (old[:1] == "#") != (new[:1] == "#"):
        return False
    if old[:1] == "#":
        return old.partition("-")[0] == new.partition("-")[0]
    return bool(old) and bool(new) and not _is_other_provision(old, new)


def _is_other_provision(old: str, new: str) -> bool:
    """Whether both addresses name a provision or an act of law, by other numbers: that is another claim."""
    before, after = (re.findall(r"\d+|[ivx]+", "/".join(_PROVISION.findall(a))) for a in (old, new))
    return bool(before) and bool(after) and before != after
