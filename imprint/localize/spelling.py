"""Whether two English words are one word: a slip of the pen and its correction, or British and American spelling."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from importlib import resources

# Words that carry a sentence's logic. A slip that a correction turns into one of them is taken as such only where no
# other reading of it is in sight.
CRITICAL = frozenset(
    "not no nor never none neither without cannot may might must shall should can could will would ought need all any "
    "some only each every most many few several both either least less more than before after until unless if except "
    "one two three four five six seven eight nine ten hundred thousand million billion first second third half now "
    "within beyond under over between during since always often sometimes rarely seldom hardly once twice".split()
)
# Endings that make another form of a word (number, tense, person): not the same word in translation.
_ENDINGS = frozenset(
    ["", *"s es d ed r er ers or ors ing ings ly al able ably ment ments ation ations ness less ful".split()]
)
# How many times as frequent as any other reading a correction has to be, to be the only one.
_DOMINANT = 5
_DOMINANT_CRITICAL = 100
_LONG = 10
# A correction is a word that is met often; the rare ones (keystone, saraband) are near to many new words. Where the
# letters are the same, only exchanged or doubled, a rarer word will do.
_KNOWN = 1_000_000
_KNOWN_LETTERS = 100_000
# A word met so often is meant, where a letter is missing or a vowel wrong, though the slip looks like a new compound.
_COMMON = 10_000_000
# Words of this paper's field that are too new for the list, with a count that lets them be a correction.
_FIELD = {
    f"{stem}{ending}": 2 * _KNOWN
    for stem in ("anonymi", "pseudonymi", "deidentifi", "geolocali")
    for ending in ("se", "ze", "ses", "zes", "sed", "zed", "sing", "zing", "sation", "zation", "ed", "es", "cation")
    if (ending in ("ed", "es", "cation")) == stem.endswith("fi")
}
_PREFIXES = tuple(
    "un re de non dis mis pre post sub anti auto over under out off inter micro multi co en em trans cyber geo "
    "bio".split()
)
# Prefixes that make a new word of any other (retuned, unlisted).
_FREE_PREFIXES = tuple("un non dis mis de in im ir il anti re pre over under out".split())
_VOWELS = frozenset("aeiouy")
# How much likelier a slip is than one letter for another: at the first letter, a letter missing or a vowel for a vowel,
# an ending that sounds alike, letters exchanged, a letter doubled or not.
_FIRST, _MISSING, _SUFFIX, _LETTERS, _DOUBLED = 0.2, 3.0, 10.0, 20.0, 25.0
_SAME_SUFFIXES = (
    ("able", "ible"), ("abili", "ibili"), ("ance", "ence"), ("ancy", "ency"), ("ant", "ent"), ("er", "or"),
    ("tion", "sion"), ("icly", "ically"), ("icaly", "ically"),
)
_SUFFIXES = tuple(
    "ise ize ised ized ising izing iser izer isation ization ism ist ists ity ities able ness ship less ful wise ward "
    "ish ic ical age ation ify ified cide ware code".split()
)

# British form → American form.
_RULES = (
    (r"(\w{3,})our(s|ed|ing|ful|fully|less|able|ably|ite|ites|al|ally|er|ers|hood|hoods|y|ist|ists)?", r"\1or\2"),
    (r"(\w{3,})is(e|es|ed|er|ers|ing|ation|ations|ational|able)", r"\1iz\2"),
    (r"(\w{3,}l)ys(e|es|ed|er|ers|ing)", r"\1yz\2"),
    (r"((?:epi|kilo|milli|centi|deci|micro|nano)?(?:cent|fib|lit|met|theat|calib|sab|spect|lust|meag|somb))re(s|d)?",
     r"\1er\2"),
    (r"(def|off|pret|lic)ence(s|d)?", r"\1ense\2"),
    (r"practis(e|es|ed|ing)", r"practic\1"),
    (r"(catal|anal|dial|monol|epil|prol|travel)ogue(s|d)?", r"\1og\2"),
    (r"(\w*[aeiouy]\w*[^aeiouy\W][aeiouy]l)l(ed|ing|er|ers|or|ors|ation|ations|ous|ist|ists)", r"\1\2"),
    (r"(fulfi|enro|insta|disti|insti|enthra)l(ment|ments|s)?", r"\1ll\2"),
    (r"(ski|wi)lful(ly)?", r"\1llful\2"),
    (r"(\w*)(?:ae|oe)(\w{3,})", r"\1e\2"),
    (r"(abridg|acknowledg|judg|lodg)ement(s|al)?", r"\1ment\2"),
    (r"(ag|cu|whing)eing", r"\1ing"),
    (r"grey(s|ed|er|ing|ish)?", r"gray\1"),
    (r"programme(s?)", r"program\1"),
    (r"(al)uminium", r"\1uminum"),
    (r"sceptic(al|ally|ism|s)?", r"skeptic\1"),
    (r"(m|sm)ould(s|ed|ing|y)?", r"\1old\2"),
    (r"plough(s|ed|ing)?", r"plow\1"),
    (r"artefact(s?)", r"artifact\1"),
    (r"adviser(s?)", r"advisor\1"),
    (r"(whil|among|amid)st", r"\1"),
    (r"(to|after)wards", r"\1ward"),
    (r"((?:epi|de)?cent|calib|sab|lust)red", r"\1ered"),
    (r"(cent|calib|sab|lust)ring", r"\1ering"),
    (r"(focus|bias)s(ed|es|ing)", r"\1\2"),
    (r"(benefit|target|budget)t(ed|ing)", r"\1\2"),
    (r"(us|siz|lik|sal|mov)eable", r"\1able"),
    (r"cosy|cosier|cosily", "cozy"),
    (r"manoeuvr(e|es|ed|ing)", r"maneuver"),
)


def is_variant(old: str, new: str) -> bool:
    """Whether the two lower-case words are the British and American, or two equal, spellings of one word.

    By rule, not by list: Oxford's "British and Spelling" differences (-our/-or, -ise/-ize, -re/-er, -ence/-ense,
    -ogue/-og, doubled l, ae/oe). Words that only look like such a pair (four/for, prise/prize, cheque/check) differ.
    """
    return new in _spellings(old) or old in _spellings(new)


def _spellings(word: str) -> set[str]:
    return {found.expand(spelling) for rule, spelling in _rules() if (found := rule.fullmatch(word))} - {word}


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The rules compiled: at the first word that needs them, not with every start of the program."""
    return tuple((re.compile(british), american) for british, american in _RULES)


def is_slip(old: str, new: str) -> bool:
    """Whether `old` is no English word and `new` (both lower case) is the one that it clearly stands for.

    Damerau's four slips (1964): one letter wrong, missing, too many, or two exchanged; two slips where letters are only
    doubled or exchanged, or in a long word. The first letter must stand, but for an exchange: prefixes such as un- and
    ir- turn a word's sense about. Refused where only an ending differs (another form), where the old word is built as
    new words are (passcode, tokenize), and where another word is as near and not much rarer.
    """
    if not (old.isalpha() and new.isalpha() and old.isascii() and new.isascii()) or min(len(old), len(new)) < 3:
        return False
    if old[0] != new[0] and not (old[0] == new[1] and old[1] == new[0] and old[2:] == new[2:]):
        return False
    counts, weight = _counts(), _weight(old, new)
    same_letters = weight >= _LETTERS
    if counts.get(new, 0) < (_KNOWN_LETTERS if same_letters else _KNOWN) or old in counts:
        return False
    if not _is_doubling(old, new) and not _same_suffix(old, new) and _other_form(old, new):
        return False
    if not same_letters and _is_built(old) and not _same_suffix(old, new) and not _is_plain(old, new):
        return False
    from rapidfuzz.distance import OSA

    reach = 2 if same_letters or len(new) >= _LONG or _same_suffix(old, new) else 1
    distance = OSA.distance(old, new, score_cutoff=reach)
    if distance > reach or (len(new) == 3 and sorted(old) != sorted(new)):
        return False
    return (old not in _more_words() or _same_suffix(old, new)) and _stands_alone(old, new, distance)


def _is_built(word: str) -> bool:
    """Whether the word may be a new one: two words put together, or one with a prefix or an ending that makes words."""
    counts = _counts()
    if any(_is_part(word[:cut]) and _is_part(word[cut:]) for cut in range(3, len(word) - 2)):
        return True
    if any(word.startswith(prefix) and word[len(prefix) :] in counts for prefix in _PREFIXES):
        return True
    stems = (word[: -len(suffix)] for suffix in _SUFFIXES if word.endswith(suffix))
    return any(len(stem) > 3 and (stem in counts or f"{stem}e" in counts or f"{stem}y" in counts) for stem in stems)


def _is_plain(old: str, new: str) -> bool:
    """Whether a frequent word lost a letter or has a wrong vowel, and what is left is no word with a prefix."""
    prefixed = any(old.startswith(prefix) and old[len(prefix) :] in _counts() for prefix in _FREE_PREFIXES)
    return not prefixed and _weight(old, new) >= _MISSING and _counts()[new] >= _COMMON


def _is_part(word: str) -> bool:
    """Whether the word is frequent enough to be half of another: of three letters only the most frequent are."""
    return _counts().get(word, 0) > (_KNOWN if len(word) > 3 else 50 * _KNOWN)


def _same_suffix(old: str, new: str) -> bool:
    """Whether the words differ only in how one ending is written: accessable, accessible."""
    return any(old.replace(a, b) == new or old.replace(b, a) == new for a, b in _SAME_SUFFIXES)


def _other_form(old: str, new: str) -> bool:
    """Whether the words differ in an ending only: collect, collects; but proces, process is a slip."""
    stem = 0
    while stem < min(len(old), len(new)) and old[stem] == new[stem]:
        stem += 1
    return any(_ends(old, cut) and _ends(new, cut) for cut in range(max(3, stem - 2), stem + 1))


def _ends(word: str, cut: int) -> bool:
    """Whether what follows the stem is an ending; -d and -r alone follow an e."""
    return word[cut:] in _ENDINGS and (word[cut:] not in ("d", "r") or word[cut - 1] == "e")


def _is_doubling(old: str, new: str) -> bool:
    """Whether one word has a letter doubled that the other has once: the likeliest slip of all."""
    return re.sub(r"(.)\1+", r"\1", old) == re.sub(r"(.)\1+", r"\1", new)


def _weight(old: str, new: str) -> float:
    """How likely the pen slips from `new` to `old`, as against one letter for another."""
    if _is_doubling(old, new):
        return _DOUBLED
    if sorted(old) == sorted(new):
        return _LETTERS
    if _same_suffix(old, new):
        return _SUFFIX
    if old[0] != new[0] and old[1:] == new[1:]:
        return _FIRST
    if len(old) == len(new):
        wrong = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        return _MISSING if len(wrong) == 1 and _VOWELS.issuperset(wrong[0]) else 1.0
    # A last letter is an ending's: without it the word is another form.
    lost = len(new) == len(old) + 1 and any(new[:cut] + new[cut + 1 :] == old for cut in range(1, len(old)))
    return _MISSING if lost else 1.0


def _stands_alone(old: str, new: str, distance: int) -> bool:
    """Whether no other word as near to the slip is frequent enough to be meant."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    counts = _counts()
    dominant = _DOMINANT_CRITICAL if new in CRITICAL else _DOMINANT
    near = process.extract(old, _words(), scorer=OSA.distance, score_cutoff=distance, limit=None)
    likely = counts[new] * (1.0 if new in CRITICAL else _weight(old, new))
    return all(counts[word] * _weight(old, word) * dominant <= likely for word, _, _ in near if word != new)


@cache
def _counts() -> dict[str, int]:
    """82,765 English words, British and American, with how often they occur (SCOWL ∩ Google n-grams, by SymSpell)."""
    # Not through Sources: the word list is the engine's own, pinned with its package, and no input of a paper.
    text = resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    fields = text.split()
    return dict(zip(fields[::2], map(int, fields[1::2]), strict=True)) | _FIELD


@cache
def _words() -> list[str]:
    return list(_counts())


@cache
def _more_words() -> frozenset[str]:
    """Further forms that occur in print and speech (pyspellchecker): a word of these is no slip either."""
    # Read as the file it is, one object of words and counts: the counts are not wanted, and to parse them takes longer
    # than all else.
    packed = resources.files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
    text = gzip.decompress(packed).decode("utf-8")
    return frozenset(json.loads(text) if "\\" in text else text.split('"')[1::2])


def is_word(word: str) -> bool:
    """Whether the lower-case word is in the English word list."""
    return word in _counts()


def is_known(word: str) -> bool:
    """Whether the lower-case word occurs in English print or speech at all."""
    return word in _counts() or word in _more_words()


def is_frequent(word: str) -> bool:
    """Whether the lower-case word is met so often that a slip is likely to stand for it."""
    return _counts().get(word, 0) >= _COMMON
