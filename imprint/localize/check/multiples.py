"""Number words inside other words: multiples (tripled, verdreifacht, втрое), compounds (sechsstellig, трёхзначный)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from imprint.localize.check.measures import Quantity
from imprint.localize.check.numerals import number_words
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.words import WORD, fold

# Words that multiply or divide by a number, as stems.
MULTIPLES: dict[str, dict[str, str]] = {
    "en": {"2": "doubl twofold", "3": "tripl trebl", "4": "quadrupl", "5": "quintupl", "6": "sextupl",
           "24": "midnight", "1/2": "halv halfway"},
    "zh": {"2": "翻番 翻倍 翻一番 倍增 加倍 一倍", "4": "翻两番 翻兩番", "8": "翻三番"},
    "ja": {"2": "倍 ダブル デュアル", "3": "トリプル"},
    "ko": {"2": "갑절 곱절 이중 배로 배가 더블 듀얼", "3": "삼중 트리플", "12": "정오", "24": "자정"},
    "de": {"2": "verdoppel verdoppl doppel doppelt", "1/2": "halbier", "1/3": "drittel", "1/4": "viertel",
           "1/5": "fünftel", "1/10": "zehntel", "24": "mitternacht"},
    "fr": {"15": "quinzain", "20": "vingtain", "30": "trentain", "40": "quarantain", "50": "cinquantain",
           "60": "soixantain", "1000": "millier", "1/3": "tiers", "1/4": "quart", "2": "doubl", "3": "tripl",
           "4": "quadrupl", "5": "quintupl", "6": "sextupl", "10": "décupl", "100": "centupl centain", "24": "minuit"},
    "es": {"2": "duplic", "3": "triplic triple", "4": "cuadruplic cuádruple cuatriplic", "5": "quintuplic quíntuple",
           "6": "sextuplic séxtuple", "10": "decuplic décuplo", "100": "centuplic céntuplo centen", "24": "medianoche",
           "15": "quincen", "20": "veinten veinteañ", "30": "treinten treintañ", "40": "cuarenten cuarentañ",
           "50": "cincuenten cincuentañ", "60": "sesentañ", "70": "setentañ", "80": "ochentañ", "1000": "millar",
           "1/3": "tercio tercera-parte", "1/4": "cuarta-parte un-cuarto"},
    "pt": {"1/3": "terço terça-parte", "1/4": "quarta-parte um-quarto", "2": "duplic dobr",
           "3": "triplic triplo tripla", "4": "quadruplic quádrupl", "5": "quintuplic quíntupl", "6": "sextuplic",
           "10": "decuplic décuplo", "15": "quinzen", "20": "vinten", "30": "trinten", "40": "quarenten quarentão",
           "50": "cinquenten", "100": "centen", "1000": "milhar", "24": "meia-noite"},
    "it": {"1/3": "un-terzo", "1/4": "un-quarto", "2": "raddopp doppi duplic", "3": "triplic triplo tripla",
           "4": "quadruplic quadrupl", "5": "quintuplic quintupl", "10": "decuplic decuplo", "15": "quindicin",
           "20": "ventin venten", "30": "trentin trenten", "40": "quarantin quaranten", "50": "cinquantin cinquanten",
           "60": "sessantin sessanten", "70": "settantin settanten", "80": "ottantin ottanten",
           "90": "novantin novanten", "100": "centina", "1000": "migliai", "1/2": "dimezz"},
    "ro": {"2": "dubl", "3": "tripl", "4": "cvadrupl", "5": "cvintupl"},
    "ca": {"2": "duplic doble", "3": "triplic triple", "4": "quadruplic", "5": "quintuplic"},
    "ru": {"50": "пятидесят", "40": "сороков", "30": "тридцат", "20": "двадцат", "2": "удво удваива двойн вдвое дву",
           "3": "утро утраива тройн втрое", "4": "вчетверо четверн учетвер", "5": "впятеро", "6": "вшестеро",
           "7": "всемеро", "8": "ввосьмеро", "9": "вдевятеро", "10": "вдесятеро удесятер десяток десятк",
           "100": "сот сотн стократн", "24": "полноч", "12": "полдень полудн", "1/3": "трет", "1/4": "четверт"},
    "uk": {"100": "сот", "50": "п'ятдесят", "30": "тридцят", "20": "двадцят", "1/3": "треть", "1/4": "чверт",
           "2": "подво подвій вдвічі удвічі вдвоє дво дву", "3": "потро потрій втричі утричі втроє три",
           "4": "вчетверо учетверо чотири", "5": "вп'ятеро", "10": "вдесятеро десяток десятк"},
    "bg": {"2": "удво двойн дву двоен", "3": "утро тройн три троен", "4": "четири", "10": "десет"},
    "pl": {"100": "setn", "50": "pięćdziesiąt", "40": "czterdziest", "30": "trzydziest", "20": "dwudziest",
           "10": "dziesiąt", "9": "dziewiąt", "8": "ósm", "7": "siódm", "6": "szóst", "5": "piąt",
           "1/5": "jedna-piąta jednej-piątej", "2": "podwo podwaj podwój dwójk dwu",
           "3": "potro potraj potrój trójk trój trzy", "4": "czwórk czwor",
           "12": "dwunast kilkunast kilkanaście południ", "24": "północ",
           "1/3": "jedna-trzecia jednej-trzeciej jedną-trzecią trzecie trzecich", "1/4": "ćwier"},
    "cs": {"30": "třicát", "20": "dvacát", "10": "desát", "9": "devát", "8": "osm", "7": "sedm", "6": "šest",
           "5": "pát", "2": "dvoj dvou zdvoj", "3": "troj tří ztroj", "4": "čtyř čtver"},
    "sk": {"2": "dvoj zdvoj", "3": "troj ztroj", "4": "štvor štyri"},
    "tr": {"2": "ikiz ikili ikinci ikiye katlan", "3": "üçlü üçüncü", "4": "dörtlü dördüncü", "5": "beşli",
           "1/2": "yarı", "10": "onlarca", "100": "yüzlerce", "1000": "binlerce", "12": "öğle", "24": "gece-yarısı"},
    "id": {"1/3": "sepertiga pertiga", "1/4": "seperempat perempat", "1/5": "seperlima perlima",
           "1/6": "seperenam perenam", "1/7": "sepertujuh pertujuh", "1/8": "seperdelapan perdelapan",
           "1/9": "sepersembilan persembilan", "1/10": "sepersepuluh persepuluh", "2": "berlipat dwi",
           "3": "tri", "10": "puluh", "24": "tengah-malam"},
    "vi": {"24": "nửa-đêm", "12": "trưa", "10": "chục"},
    "th": {"2": "สองเท่า เท่าตัว", "10": "สิบ", "24": "เที่ยงคืน", "12": "เที่ยง"},
    "hi": {"2": "दोगुन दुगुन दुगन", "3": "तिगुन", "4": "चौगुन", "5": "पंचगुन"},
    "ar": {"2": "ضعف ضعفي تضاعف مضاعف ضاعف ثنائي مزدوج مرتين مرتان", "3": "ثلاثي مثلث", "4": "رباعي", "5": "خماسي",
           "6": "سداسي", "7": "سباعي", "8": "ثماني", "10": "عشاري", "1/3": "ثلث أثلاث", "2/3": "ثلثي ثلثا",
           "1/4": "ربع أرباع", "1/5": "خمس أخماس", "1/6": "سدس أسداس", "1/7": "أسباع", "1/8": "ثمن أثمان",
           "1/9": "أتساع", "1/10": "عشر أعشار", "24": "منتصف-الليل", "12": "ظهر"},
    "he": {"2": "כפול הכפיל הוכפל פעמיים", "3": "משולש שולש", "1/3": "שליש", "1/4": "רבע"},
    "fa": {"2": "دوبرابر دوچندان دو-برابر", "3": "سه-برابر", "1/3": "یک-سوم", "1/4": "یک-چهارم"},
    "nl": {"2": "verdubbel dubbel", "3": "tripl", "1/2": "halveer gehalveerd", "1/3": "derde", "1/4": "kwart"},
    "sv": {"2": "fördubbl dubbl dubbel", "3": "trippl tredubbl", "4": "fyrdubbl", "1/2": "halver"},
    "da": {"2": "fordobl dobbel", "3": "tredobl tredobb", "4": "firedobl", "1/2": "halver"},
    "nb": {"2": "fordobl dobbel doble", "3": "tredobl", "4": "firedobl", "1/2": "halver"},
    "fi": {"2": "kaksin kaksi", "3": "kolmin kolmi", "4": "nelin neli", "5": "viisin viisi", "1/2": "puolit puoli"},
    "el": {"2": "διπλ", "3": "τριπλ", "4": "τετραπλ", "5": "πενταπλ", "10": "δεκαπλ"},
}  # fmt: skip

# Numbers at the beginning of a compound, where it is not the cardinal: the Slavic languages take the genitive.
_COMPOUND: dict[str, dict[int, str]] = {
    "ru": {2: "двух", 3: "трёх трех", 4: "четырёх четырех", 5: "пяти", 6: "шести", 7: "семи", 8: "восьми", 9: "девяти",
           10: "десяти", 11: "одиннадцати", 12: "двенадцати", 14: "четырнадцати", 15: "пятнадцати", 16: "шестнадцати",
           18: "восемнадцати", 20: "двадцати", 24: "двадцатичетырёх", 30: "тридцати", 40: "сорока", 50: "пятидесяти",
           60: "шестидесяти", 64: "шестидесятичетырёх", 70: "семидесяти", 80: "восьмидесяти", 90: "девяносто",
           100: "сто"},
    "uk": {2: "двох", 3: "трьох", 4: "чотирьох", 5: "п'яти", 6: "шести", 7: "семи", 8: "восьми", 9: "дев'яти",
           10: "десяти", 12: "дванадцяти", 20: "двадцяти", 30: "тридцяти", 100: "сто"},
    "pl": {4: "cztero", 5: "pięcio", 6: "sześcio", 7: "siedmio", 8: "ośmio", 9: "dziewięcio", 10: "dziesięcio",
           11: "jedenasto", 12: "dwunasto", 14: "czternasto", 15: "piętnasto", 16: "szesnasto", 18: "osiemnasto",
           20: "dwudziesto", 30: "trzydziesto", 40: "czterdziesto", 50: "pięćdziesięcio", 60: "sześćdziesięcio",
           90: "dziewięćdziesięcio", 100: "stu sto"},
    "cs": {5: "pěti pět", 6: "šesti šest", 7: "sedmi", 8: "osmi", 9: "devíti", 10: "deseti", 12: "dvanácti",
           20: "dvaceti", 30: "třiceti", 100: "sto"},
    "sk": {2: "dvoj", 5: "päť", 6: "šesť", 7: "sedem", 8: "osem", 9: "deväť", 10: "desať", 12: "dvanásť"},
}  # fmt: skip
# Languages whose compounds begin with the cardinal itself (zweistufig, driehoekig, hatjegyű), and what may stand before
# it in a verb (verdreifachen, megháromszoroz).
_CARDINAL = {"de": "ver", "nl": "ver", "sv": "", "da": "", "nb": "", "hu": "meg", "fi": "", "en": ""}
# Languages whose stems of multiples are no other words.
_PLAIN = frozenset({"en", "fr", "es", "pt", "it", "ro", "ca"})
# English: what a thing did, where "double" alone may be a manner (double opt-in).
_DOUBLED = frozenset({"doubles", "doubled", "doubling", "twofold"})
# Languages whose fractions are all here, so that another one says something.
_SHARING = frozenset("de fr es pt it ru pl id ar".split())
# What makes a compound a multiple: tenfold, sechsfach, drievoudig, czterokrotnie, трёхкратный, trojnásobný.
_FOLD = re.compile("fold|fach|voud|krot|kratn|krát|násob|кратн")
# "Two times" to "ten times", where a number word alone may be another word.
_TIMES = {
    "ko": (re.compile("(두|세|네|다섯|여섯|일곱|여덟|아홉|열) ?배"), "두 세 네 다섯 여섯 일곱 여덟 아홉 열"),
    "th": (re.compile("(สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ)เท่า"), "สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ"),
    "vi": (re.compile("gấp (đôi|ba|bốn|năm|sáu|bảy|tám|chín|mười)\\b"), "đôi ba bốn năm sáu bảy tám chín mười"),
}
# A multiple behind a number says nothing by itself (2倍, 세 배로).
_NUMBERED = re.compile(r"[\d〇一二两兩三四五六七八九十百千万萬億数數几幾何두세네섯곱덟홉열][ \u00a0]?$")
# A compound has at least so many letters behind its number: a shorter rest is an ending.
_REST = 3


def parse_multiples(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """Every number in a multiple or a compound; they answer a number and do not ask for one, but for plain multiples
    from three on ("tripled", "sechsfach") and fractions ("dos tercios")."""
    pattern, words = _TIMES.get(profile.language, (None, ""))
    for match in pattern.finditer(prose) if pattern else ():
        yield _quantity(match.start(), match.end(), prose, Fraction(words.split().index(match[1]) + 2), counted=True)
    if profile.spaceless or profile.language == "ko":
        for word, value in _stems(profile.language):
            place = prose.find(word)
            if place >= 0 and not _NUMBERED.search(prose, 0, place):
                yield _quantity(place, place + len(word), prose, value)
        return
    stems, compounds = _by_start(_stems(profile.language)), _compounds(profile.language, profile.script)
    prefix = _CARDINAL.get(profile.language, "")
    numbers = number_words(profile.language, profile.script).values
    times = before = Fraction(1)
    for match in WORD.finditer(prose):
        word = fold(match[0])
        times, before = before, numbers.get(word, Fraction(1))
        for stem, value in stems.get(word[:2], ()):
            written = fold(prose[match.start() : match.start() + len(stem)]) if " " in stem else word
            if written.startswith(stem):
                told = profile.language in (_SHARING if value < 1 else _PLAIN) and value <= 10 and not 1 <= value < 3
                told = told or word in _DOUBLED
                told = told and (" " in stem or word not in numbers)  # Arabic writes a fifth like five.
                yield _quantity(match.start(), match.end(), prose, value * times if value < 1 else value, told)
                break
        else:
            bare = word.removeprefix(prefix) if prefix and not word.startswith(prefix * 2) else word
            for stem, value in compounds.get(bare[:2], ()) or compounds.get(word[:2], ()):
                if bare.startswith(stem) and len(bare) >= len(stem) + _REST:
                    told = _FOLD.match(bare, len(stem)) is not None
                    yield _quantity(match.start(), match.end(), prose, value, told)
                    break


def _quantity(start: int, end: int, prose: str, value: Fraction, counted: bool = False) -> Quantity:
    values = frozenset({value, value * 100} if 0 < value < 1 else {value})
    return Quantity(start, end, prose[start:end], values, "", exact=False, counted=counted, phrase=True)


@cache
def _stems(language: str) -> tuple[tuple[str, Fraction], ...]:
    """The stems of a language, the longest first."""
    table = MULTIPLES.get(language, {})
    stems = [(fold(stem.replace("-", " ")), Fraction(value)) for value, row in table.items() for stem in row.split()]
    return tuple(sorted(stems, key=lambda item: -len(item[0])))


@cache
def _compounds(language: str, script: str) -> dict[str, list[tuple[str, Fraction]]]:
    """The first parts of compounds, by their first two letters, the longest first."""
    parts = [(fold(w), Fraction(v)) for v, row in _COMPOUND.get(language, {}).items() for w in row.split()]
    if language in _CARDINAL:
        words = number_words(language, script)
        parts += [(w, words.values[w]) for w in words.cardinals if len(w) > 2 and " " not in w and words.values[w] > 1]
    return _by_start(tuple(sorted(parts, key=lambda item: -len(item[0]))))


@cache
def _by_start(parts: tuple[tuple[str, Fraction], ...]) -> dict[str, list[tuple[str, Fraction]]]:
    """The parts by their first two letters, in the same order."""
    index: dict[str, list[tuple[str, Fraction]]] = {}
    for part in parts:
        index.setdefault(part[0][:2], []).append(part)
    return index
