"""Two rows of English tokens in, the same rows out with those compounds alike that only their hyphens told apart."""

from __future__ import annotations

import re

from imprint.localize.spelling import is_frequent, is_known
from imprint.localize.token import Token

_Row = tuple[Token, ...]

# Compounds that are the same words with and without hyphens. Not in the list, for without the hyphen another reading is
# in sight: first time (users), on device (storage), built in (China), opt in, log in, cross border (controls), user
# generated (keys), decision making (it hard), and what may group otherwise: high risk (score), low power (consumption).
_PHRASES = frozenset(
    tuple(phrase.split())
    for phrase in (
        "third party", "third parties", "first party", "real time", "open source", "long term", "short term",
        "medium term", "long range", "short range", "two factor", "two step verification", "two step authentication",
        "two way", "single sign on", "up to date", "out of date", "state of the art", "full screen", "public key",
        "machine readable", "human readable", "user friendly", "privacy friendly", "privacy preserving", "data driven",
        "well known", "well defined", "so called", "tamper proof", "tamper resistant", "tamper evident",
        "fine grained", "coarse grained", "age appropriate", "self service", "self signed", "self assessment",
        "self regulation", "cloud based", "web based", "location based", "role based", "risk based", "hardware based",
        "software based", "password based", "consent based", "wi fi",
    )
)  # fmt: skip
# "Open source files" may be what one does: only before these, or after such a word, is it one word for sure.
_HEADS: dict[tuple[str, ...], frozenset[str]] = {
    ("open", "source"): frozenset(
        "software library libraries licence licences license licenses project projects component components community "
        "communities operating package packages kernel program programs tool tools app apps".split()
    )
}
_DETERMINERS = frozenset("the a an our their its this these of with for in by and other is are as".split())
# With these the second half is a compound of its own: real (time savings), long (term limits).
_OWN_HEADS = frozenset(
    "saving savings limit limits pressure zone zones stamp stamps sheet sheets paper papers constraint constraints "
    "loss losses cost costs range ranges".split()
)
# "X to X", "X by X": end to end, step by step; "access to access logs" is none.
_TURNED = {
    "to": frozenset("end peer device phone face point person business machine day door back site user server".split()),
    "by": frozenset("case step side page day line item app".split()),
}
_LONGEST = 4
# After these words the first half may be an adjective by itself ("more open source tools"), a fraction or a number in a
# row ("two third party apps", "every third"), or "X to X" be a way.
_GRADES = frozenset(
    "more most less least very too so as how rather quite from every half one two three four five six seven eight nine "
    "ten twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million first second third".split()
)
# Before these a participle goes with what follows: "data based on", "known to".
_GOVERNED = frozenset("on upon in at".split())

# Prefixes that leave the word behind them what it is, hyphen or not.
_FREE = frozenset("anti multi micro bio geo cyber meta".split())
_BOUND = frozenset("pre sub inter non semi pseudo macro nano hyper infra intra ultra auto".split())
# Prefixes that are written apart, too.
_APART = frozenset("multi cyber pseudo".split())
_STEM = 3
# Joined, these are other words, or older ones with a sense of their own: pre-position, preposition.
_OTHER = re.compile(
    "pre(?:sen|serv|ten|sid|pos|text|ven|fix|fer|dic|mis|scri|ced|cis|view|cinct|matur|par|lim|cept|sum|val|date)|"
    "sub(?:mi|ver|ject|ordinat|scri|sid|stan|due|tract|lime|way|marine|urb|sequen|tle|side|stitut)|"
    "inter(?:mission|est|view|fac|pos|cours|n[ae]|val|n$|ns$|pret|lude|cept|fer|rupt|change|state|act|medi)|"
    "non(?:sens|plus|chal|etheless)|auto(?:mob|mat|graph|nom|crat|psy)|geometr|micro(?:scop|phon)|meta(?:phor|bol|morph)|"
    "anti(?:dot|cip|bod|gen|past|que|c|log)|bio(?:graph|log|ps)|multi(?:pl|tud)|semi(?:nar|nal|tic)|hypertens"
)
# Stems for which these prefixes, that make other words of most (re-sign, resign), make the same one.
_SAME = {
    "co": re.compile(r"op(?:erat|erab)\w*|ordinat\w*|exist\w*|author\w*|workers?|founde\w*|locat\w*|owner\w*"),
    "re": re.compile(
        r"e(?:n|x|v|s|m|d)\w{3,}|identif\w*|install\w*|issu\w*|introduc\w*|open\w*|order\w*|us(?:e\w*|able|ing)"
    ),
    "de": re.compile(r"identif\w*|activat\w*"),
}  # fmt: skip
# Compounds that are written in one word or with a hyphen.
_CLOSED = frozenset(
    "ongoing onscreen timestamp timestamps lifecycle username usernames passphrase passphrases smartphone smartphones "
    "touchscreen touchscreens handset handsets checkbox checkboxes workflow workflows wildcard wildcards database "
    "databases wifi metadata".split()
)


def hyphenated(before: _Row, after: _Row) -> tuple[_Row, _Row, bool]:
    """The rows, the first with the second one's hyphens in compounds that stay the same words, and whether any changed.

    Three sorts: fixed compounds ("third party", "third-party") and "end to end"; a prefix with and without its hyphen
    (anti-virus, antivirus); closed compounds. Where another word may result (re-sign, resign) or the words might group
    otherwise ("small business owner", "two third-party apps") nothing is changed.
    """
    mended: list[Token] = []
    old = new = 0
    changed = False
    while old < len(before):
        if new < len(after) and (steps := _same_compound(before, old, after, new)):
            taken, given = steps
            first = after[new]
            # The first token's own spacing and kind are still to be judged.
            mended += [Token(first.kind, first.text, before[old].spaced), *after[new + 1 : new + given]]
            old, new, changed = old + taken, new + given, True
        else:
            mended.append(before[old])
            old, new = old + 1, new + 1
    return tuple(mended), after, changed


def _same_compound(before: _Row, old: int, after: _Row, new: int) -> tuple[int, int] | None:
    """How many tokens at the two places are one compound, written in two ways."""
    if before[old].kind != "word" or after[new].kind != "word" or _is_bound(before, old) or _is_bound(after, new):
        return None
    for length in range(_LONGEST, 1, -1):
        left, right = _spell(before, old, length), _spell(after, new, length)
        if left is None or right is None or left[0] != right[0] or left[1] == right[1]:
            continue
        if _is_fixed(left[0], before, old, old + left[1], after, new + right[1]):
            return left[1], right[1]
    return _joined(before, old, after, new) or _turned(_joined(after, new, before, old))


def _turned(steps: tuple[int, int] | None) -> tuple[int, int] | None:
    return (steps[1], steps[0]) if steps else None


def _is_bound(row: _Row, place: int) -> bool:
    """Whether a hyphen binds the word to one before it."""
    return place > 0 and row[place - 1].kind == "dash" and not row[place].spaced


def _spell(row: _Row, place: int, length: int) -> tuple[tuple[str, ...], int] | None:
    """The next words, as many, that spaces or hyphens part, and how many tokens they are."""
    words = [row[place].text]
    at = place + 1
    while len(words) < length:
        hyphen = at < len(row) and row[at].kind == "dash" and row[at].text == "hyphen" and not row[at].spaced
        word = at + 1 if hyphen else at
        if word >= len(row) or row[word].kind != "word" or row[word].spaced is hyphen:
            return None
        words.append(row[word].text)
        at = word + 1
    return tuple(words), at - place


def _is_fixed(words: tuple[str, ...], before: _Row, start: int, end: int, after: _Row, after_end: int) -> bool:
    small = tuple(word.lower() for word in words)
    turned = len(small) == 3 and small[0] == small[2] and small[0] in _TURNED.get(small[1], ())
    apart = len(small) == 2 and small[0] in _APART and is_known(small[1])
    if not (small in _PHRASES or turned or apart):
        return False
    last = before[start - 1] if start else None
    if last is not None and (last.kind in ("number", "placeholder") or last.text.lower() in _GRADES):
        return False
    ends = [row[at] if at < len(row) else None for row, at in ((before, end), (after, after_end))]
    heads = _HEADS.get(small[:2])
    if heads is not None and (last is None or last.text.lower() not in _DETERMINERS):
        return all(following is not None and following.text.lower() in heads for following in ends)
    return all(following is None or _is_free(following) for following in ends)


def _is_free(following: Token) -> bool:
    """Whether the compound ends before this token, and does not govern it."""
    if following.kind in ("dash", "placeholder", "number"):
        return following.kind == "dash" and following.text in ("dash", "range")
    return following.text.lower() not in _GOVERNED | _OWN_HEADS


def _joined(parted: _Row, at: int, whole: _Row, place: int) -> tuple[int, int] | None:
    """Whether the first row has a hyphen, or a space after a prefix, in what is one word in the second."""
    hyphen = at + 2 < len(parted) and parted[at + 1].text == "hyphen" and not parted[at + 1].spaced
    second = at + 2 if hyphen else at + 1
    if second >= len(parted) or parted[second].kind != "word" or parted[second].spaced is hyphen:
        return None
    first, stem, word = parted[at].text, parted[second].text, whole[place].text
    if first + stem != word or not stem.islower() or _is_bound_on(parted, second) or _is_bound_on(whole, place):
        return None
    prefix = first.lower()
    if not (_is_same_word(prefix, stem) if hyphen else prefix in _APART and _is_same_word(prefix, stem)):
        return None
    return second + 1 - at, 1


def _is_bound_on(row: _Row, place: int) -> bool:
    """Whether a hyphen follows: "sub-processor-owned" is grouped anew."""
    return place + 1 < len(row) and row[place + 1].kind == "dash" and row[place + 1].text in ("hyphen", "open")


def _is_same_word(prefix: str, stem: str) -> bool:
    word = prefix + stem
    if word in _CLOSED:
        return True
    if prefix in _SAME:
        return bool(_SAME[prefix].fullmatch(stem)) and (is_known(stem) or is_known(word))
    if prefix not in _FREE | _BOUND or len(stem) <= _STEM or not is_known(stem) or _OTHER.match(word):
        return False
    # A joined word that is met often has got a sense of its own, but after the prefixes of science.
    return prefix in _FREE or not is_frequent(word)
