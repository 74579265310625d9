"""Lengths of time by value, however they are told: 24 hours = a day, 90 minutes = an hour and a half, quarterly."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from imprint.localize.check import beside
from imprint.localize.check.measures import Amount, Quantity, unit_of
from imprint.localize.check.numerals import number_words
from imprint.localize.check.profile import LanguageProfile
from imprint.localize.check.unspaced import SYLLABLE
from imprint.localize.check.words import WORD, fold

# Units that are whole numbers of another: seconds, and months.
_BASE = {
    "duration-millisecond": ("second", Fraction(1, 1000)), "duration-second": ("second", Fraction(1)),
    "duration-minute": ("second", Fraction(60)), "duration-hour": ("second", Fraction(3600)),
    "duration-day": ("second", Fraction(86400)), "duration-week": ("second", Fraction(7 * 86400)),
    "duration-month": ("month", Fraction(1)), "duration-year": ("month", Fraction(12)),
}  # fmt: skip
_LETTERS = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "M": "month", "y": "year"}

# Words that are a length of time of their own: stems, `number unit` → words ("-" for a space). Romance languages call
# two weeks fifteen days.
_LENGTHS: dict[str, dict[str, str]] = {
    "en": {"15m": "quarter-of-an-hour quarter-hour", "45m": "three-quarters-of-an-hour",
           "30m": "half-hour half-an-hour", "90m": "hour-and-a-half", "36h": "day-and-a-half",
           "18M": "year-and-a-half", "3M": "quarter",
           "6M": "half-year half-yearly semi-annual semiannual biannual twice-yearly twice-a-year", "2y": "biennial",
           "14d": "fortnight biweekly", "10y": "decade", "100y": "centur", "1d": "daily nightly overnight",
           "7d": "weekly 24/7", "1M": "monthly", "1y": "annual yearly year-round", "1h": "hourly",
           "24h": "around-the-clock round-the-clock 24/7 day-and-night",
           "365d": "year-round 24/7 every-day-of-the-year"},
    "zh": {"15m": "一刻钟 一刻鐘", "45m": "三刻钟 三刻鐘", "3M": "季", "6M": "半年", "24h": "全天 昼夜 晝夜 全日",
           "365d": "全年", "1y": "每年 全年 年度", "1M": "每月 月度", "7d": "每周 每週 一周 一週", "1d": "每天 每日",
           "1h": "每小时 每小時", "14d": "双周 雙週 隔周 隔週 半个月 半個月", "2M": "隔月", "2y": "隔年",
           "15d": "半个月 半個月", "2d": "隔天 隔日",
           "10y": "十年", "100y": "世纪 世紀"},
    "ja": {"3M": "四半期", "6M": "半期 半年", "24h": "終日 丸一日 昼夜 一日中", "365d": "年中無休 通年",
           "1y": "毎年 年次 通年", "1M": "毎月 月次", "7d": "毎週 週次", "1d": "毎日 日次", "1h": "毎時",
           "14d": "隔週", "2d": "隔日", "2M": "隔月", "2y": "隔年", "100y": "世紀"},
    "ko": {"3M": "분기", "6M": "반기 반년", "24h": "상시 종일", "365d": "연중", "1d": "하루 매일", "36h": "하루-반",
           "2d": "이틀", "3d": "사흘", "4d": "나흘", "5d": "닷새", "6d": "엿새", "10d": "열흘", "15d": "보름",
           "14d": "보름 격주",
           "1y": "매년 연간 해마다", "1M": "매월 한-달 매달", "7d": "매주", "1h": "매시간", "30m": "반시간",
           "100y": "세기"},
    "de": {"14d": "vierzehntäg 14-täg 14täg zweiwöch", "15m": "viertelstund", "45m": "dreiviertelstund",
           "30m": "halbstünd",
           "3M": "vierteljahr vierteljähr quartal", "6M": "halbjahr halbjähr halbes-jahr halben-jahr",
           "24h": "rund-um-die-uhr ganztäg", "1y": "jährlich", "1M": "monatlich", "7d": "wöchentlich", "1d": "täglich",
           "1h": "stündlich", "10y": "jahrzehnt", "100y": "jahrhundert", "18M": "anderthalb-jahr eineinhalb-jahr",
           "90m": "anderthalb-stund eineinhalb-stund", "36h": "anderthalb-tag eineinhalb-tag"},
    "fr": {"15m": "quart-d'heure", "45m": "trois-quarts-d'heure", "30m": "demi-heure", "3M": "trimestr",
           "6M": "semestr", "2M": "bimestr", "14d": "quinzaine bimensuel quinze-jours", "7d": "hebdomadaire",
           "1M": "mensuel", "1y": "annuel", "1d": "quotidien journalier", "24h": "jour-et-nuit", "10y": "décennie",
           "100y": "siècle", "1h": "horaire",
           "2y": "biennal bisannuel", "3y": "triennal", "5y": "quinquennal"},
    "es": {"15m": "cuarto-de-hora", "45m": "tres-cuartos-de-hora", "30m": "media-hora", "3M": "trimestr",
           "6M": "semestr", "2M": "bimestr", "4M": "cuatrimestr", "14d": "quincen quince-días", "7d": "seman",
           "1M": "mensual", "1y": "anual", "1d": "diari", "10y": "década decenio decenal", "100y": "siglo",
           "2y": "bienal bienio", "3y": "trienal trienio", "5y": "quinquen lustro"},
    "pt": {"15m": "quarto-de-hora", "45m": "três-quartos-de-hora", "30m": "meia-hora", "3M": "trimestr",
           "6M": "semestr", "2M": "bimestr", "14d": "quinzen quinze-dias", "7d": "seman", "1M": "mensal mensais",
           "1y": "anual anuais", "1d": "diári", "10y": "década", "100y": "século",
           "2y": "bienal biênio", "3y": "trienal triênio", "5y": "quinquen"},
    "it": {"15m": "quarto-d'ora", "45m": "tre-quarti-d'ora", "30m": "mezz'ora", "3M": "trimestr", "6M": "semestr",
           "2M": "bimestr", "14d": "quindicin quindici-giorni bisettimanal", "7d": "settiman", "1M": "mensil",
           "1y": "annual",
           "1d": "quotidian", "10y": "decenni decennal", "100y": "secol",
           "2y": "biennal biennio", "3y": "triennal triennio", "5y": "quinquenn"},
    "ru": {"15m": "четверть-часа четверти-часа", "30m": "полчаса получас", "3M": "квартал ежекварт",
           "6M": "полугод полгода", "24h": "круглосуточ", "1y": "ежегодн", "1M": "ежемесячн", "7d": "еженедельн",
           "1d": "ежедневн суточн", "1h": "ежечасн", "10y": "десятилет", "100y": "столети век", "18M": "полтора-года",
           "90m": "полтора-часа", "36h": "полутора-суток"},
    "uk": {"15m": "чверть-години", "30m": "півгодини", "3M": "квартал щокварт", "6M": "півроку півріч",
           "24h": "цілодобов", "1y": "щорічн щороку", "1M": "щомісяч", "7d": "щотиж", "1d": "щоден щодня",
           "10y": "десятиліт"},
    "pl": {"15m": "kwadrans", "30m": "pół-godziny", "3M": "kwarta", "6M": "półrocz pół-roku",
           "24h": "całodobow całą-dobę", "1y": "roczn coroczn corocznie", "1M": "miesięczn comiesięczn",
           "7d": "tygodniow cotygodniow", "1d": "dzienn codzienn dob", "10y": "dekad", "18M": "półtora-roku",
           "90m": "półtorej-godziny", "36h": "półtorej-doby"},
    "cs": {"15m": "čtvrthodin", "30m": "půlhodin půl-hodiny", "3M": "čtvrtlet", "6M": "pololet půlro",
           "24h": "nepřetržit"},
    "tr": {"15m": "çeyrek-saat", "30m": "yarım-saat", "6M": "yarıyıl yarım-yıl", "3M": "çeyrek", "10y": "on-yıl",
           "100y": "yüzyıl asır asr", "24h": "günün-her-saati", "90m": "bir-buçuk-saat", "18M": "bir-buçuk-yıl"},
    "vi": {"3M": "quý", "14d": "nửa-tháng", "15d": "nửa-tháng", "6M": "nửa-năm", "30m": "nửa-giờ nửa-tiếng",
           "24h": "suốt-ngày-đêm ngày-đêm",
           "10y": "thập-kỷ thập-niên", "100y": "thế-kỷ", "90m": "một-tiếng-rưỡi một-giờ-rưỡi", "18M": "một-năm-rưỡi"},
    "id": {"3M": "triwulan kuartal", "14d": "setengah-bulan", "15d": "setengah-bulan", "6M": "semester",
           "30m": "setengah-jam", "15m": "seperempat-jam",
           "10y": "dasawarsa dekade", "100y": "abad", "24h": "sepanjang-waktu siang-malam",
           "90m": "satu-setengah-jam", "1y": "tahunan setahun", "1M": "bulanan sebulan",
           "7d": "mingguan seminggu sepekan", "1d": "harian sehari", "1h": "sejam", "1m": "semenit"},
    "th": {"3M": "ไตรมาส", "14d": "ครึ่งเดือน", "15d": "ครึ่งเดือน", "6M": "ครึ่งปี", "30m": "ครึ่งชั่วโมง",
           "24h": "ตลอดเวลา ทั้งวันทั้งคืน", "10y": "ทศวรรษ",
           "100y": "ศตวรรษ", "90m": "หนึ่งชั่วโมงครึ่ง", "18M": "หนึ่งปีครึ่ง", "365d": "ตลอดทั้งปี ทุกวัน"},
    "hi": {"3M": "तिमाही", "6M": "छमाही", "14d": "पखवाड़", "30m": "आधे-घंट आधा-घंट", "24h": "चौबीसों-घंटे",
           "10y": "दशक", "100y": "सदी सदिय शताब्दी शताब्दिय", "90m": "डेढ़-घंट", "18M": "डेढ़-साल डेढ़-वर्ष",
           "1y": "वार्षिक सालाना", "1M": "मासिक", "7d": "साप्ताहिक", "1d": "दैनिक रोज़ प्रतिदिन"},
    "ar": {"15m": "ربع-ساعة", "30m": "نصف-ساعة", "3M": "ربع-سنوي ربع-السنوي فصلي", "6M": "نصف-سنوي",
           "24h": "مدار-الساعة", "10y": "عقد", "20y": "عقدين عقدان", "100y": "قرن", "200y": "قرنين قرنان",
           "2h": "ساعتين ساعتان", "2d": "يومين يومان", "14d": "أسبوعين أسبوعان",
           "2M": "شهرين شهران", "2y": "عامين عامان سنتين سنتان", "2m": "دقيقتين دقيقتان", "2s": "ثانيتين ثانيتان",
           "1y": "سنوي", "1M": "شهري", "7d": "أسبوعي", "1d": "يومي"},
    "he": {"2h": "שעתיים", "2d": "יומיים", "14d": "שבועיים", "2M": "חודשיים", "2y": "שנתיים", "15m": "רבע-שעה",
           "30m": "חצי-שעה", "10y": "עשור"},
}  # fmt: skip
_FIFTEEN_DAYS = frozenset({"fr", "es", "pt", "it", "ca", "gl"})
# A unit is told by a word of so many letters at least, with so many of an ending; an English one behind this is no
# whole one.
_WORD, _ENDING, _PART = 3, 4, re.compile(r"\b(?:half|of) an? $", re.IGNORECASE)
# What may stand between a number and the length of time that it counts.
_BEFORE, _NEAR = re.compile(r"[个個]?[\s\u00a0-]?"), 2
# What may stand between the parts of one length of time (one hour and thirty minutes).
_AND = re.compile(r"[\s\u00a0,和又]*(?:and|und|et|[yeiио]|ve|và|dan|i|en|och|og|a|และ|और|و)?[\s\u00a0]*")


def amounts(quantity: Quantity, profile: LanguageProfile) -> frozenset[Amount]:
    """The lengths of time that a quantity may be; none where its unit is no length of time."""
    if quantity.amounts or quantity.unit not in _BASE:
        return quantity.amounts
    base, factor = _BASE[quantity.unit]
    found = {(base, value * factor) for value in quantity.values if isinstance(value, Fraction)}
    if quantity.unit == "duration-day" and profile.language in _FIFTEEN_DAYS and Fraction(15) in quantity.values:
        found.add((base, 14 * factor))
    return frozenset(found)


def names_unit(prose: str, unit: str, profile: LanguageProfile) -> bool:
    """Whether the text has a word for the CLDR unit of time."""
    if profile.spaceless or profile.language == "ko":
        return any(word in prose for word, name in profile.units if name == unit)
    return any(unit_of(match[0], profile, _WORD, _ENDING) == unit for match in WORD.finditer(prose))


def parse_durations(prose: str, profile: LanguageProfile, found: list[Quantity]) -> Iterator[Quantity]:
    """The lengths of time that no single number tells: words of their own, a unit alone (one of it), one in two units,
    and a half more. They have amounts and no value, and are never asked for; those of one unit ("a day", "daily") are
    `counted`."""
    ends: dict[int, list[Quantity]] = {}
    for number in found:
        ends.setdefault(number.end, []).append(number)
    for amount, plain, pattern in _lengths(profile.language):
        for match in pattern.finditer(prose):
            yield _told(match.start(), match.end(), prose, amount, plain)
            if not plain:
                yield from _counted(prose, match, amount, ends)
    if not profile.spaceless and profile.language != "ko":
        yield from _alone(prose, profile)
    yield from _joined(prose, profile, found)


def _counted(prose: str, match: re.Match[str], amount: Amount, ends: dict[int, list[Quantity]]) -> Iterator[Quantity]:
    """The number before a length of time multiplies it: two decades are twenty years, three quarters nine months. The
    numbers are given by the place behind them."""
    base, one = amount
    for end in range(match.start() - _NEAR, match.start() + 1):
        for number in ends.get(end, ()) if _BEFORE.fullmatch(prose, max(0, end), match.start()) else ():
            for value in number.values:
                if isinstance(value, Fraction):
                    yield _told(number.start, match.end(), prose, (base, value * one))


def _told(start: int, end: int, prose: str, amount: Amount, plain: bool = False) -> Quantity:
    return Quantity(start, end, prose[start:end], frozenset(), "", False, plain, amounts=frozenset({amount}))


@cache
def _lengths(language: str) -> tuple[tuple[Amount, bool, re.Pattern[str]], ...]:
    rows = []
    start = {"ar": r"(?<![^\W\d_])[وبلف]?(?:ال)?", **dict.fromkeys(("zh", "ja", "th", "ko"), "")}.get(language, r"\b")
    for length, words in _LENGTHS.get(language, {}).items():
        base, factor = _BASE[f"duration-{_LETTERS[length[-1]]}"]
        stems = "|".join(re.escape(word).replace(r"\-", r"[-\s\u00a0]").replace("'", "['’]") for word in words.split())
        plain = length[:-1] == "1" or length == "7d"
        rows.append(((base, int(length[:-1]) * factor), plain, re.compile(f"{start}(?:{stems})", re.IGNORECASE)))
    return tuple(rows)


def _alone(prose: str, profile: LanguageProfile) -> Iterator[Quantity]:
    """A unit's word stands for one of it ("within a minute", "w ciągu doby"), or, with a half behind, for one and a
    half; the number before is added where there is one ("two hours and a half")."""
    words = number_words(profile.language, profile.script).values
    tokens = list(WORD.finditer(prose))
    for index, match in enumerate(tokens):
        unit = unit_of(match[0], profile, _WORD, _ENDING)
        if unit not in _BASE:
            continue
        base, factor = _BASE[unit]
        lead = prose[max(0, match.start() - 12) : match.start()]
        digits = re.search(r"(\d+)[\s\u00a0-]*$", lead)
        word = fold(tokens[index - 1][0]) if index else ""
        one = Fraction(2 if profile.language == "ar" and fold(match[0]).endswith(("ین", "ان")) else 1)
        before = Fraction(int(digits[1])) if digits else words.get(word, one)
        if before == 1 and not digits and not _PART.search(lead):
            yield _told(match.start(), match.end(), prose, (base, factor), plain=True)
        if (end := _half_behind(prose, tokens, index, profile, words)) is not None:
            yield _told(match.start(), end, prose, (base, (before + Fraction(1, 2)) * factor))


def _half_behind(
    prose: str, tokens: list[re.Match[str]], index: int, profile: LanguageProfile, words: dict[str, Fraction]
) -> int | None:
    """The place behind "and a half" after a unit's word; None where there is none."""
    after = [fold(match[0]) for match in tokens[index + 1 : index + 4]]
    if profile.language == "ar":
        after = [word.removeprefix("و") for word in after]
    joints = [joint.split() for joint in beside.AND_A_HALF.get(profile.language, ())]
    if profile.language in beside.HALF_AFTER or profile.language == "ko":
        joints.append([])
    for joint in joints:
        size = len(joint)
        if after[:size] == joint and words.get(" ".join(after[size : size + 1])) == Fraction(1, 2):
            return tokens[index + size + 1].end()
    return None


def _joined(prose: str, profile: LanguageProfile, found: list[Quantity]) -> Iterator[Quantity]:
    """One hour and thirty minutes, 1年6か月: numbers with smaller and smaller units beside each other; and a half more
    (1年半)."""
    told = sorted((q for q in found if q.unit in _BASE and q.values), key=lambda q: (q.start, q.end))
    for one, two in itertools.pairwise(told):
        (base, more), (other, less) = _BASE[one.unit], _BASE[two.unit]
        stop = one.start + len(one.written)
        gap = prose[stop : two.start]
        if base != other or less >= more or len(gap) > 14 or any(c.isdigit() for c in gap):
            continue
        unit_word = re.match(rf"[\s\u00a0]*(?:{WORD.pattern})?\.?", gap)
        if unit_word and _AND.fullmatch(gap, unit_word.end()):
            for a in one.values:
                for b in two.values:
                    if isinstance(a, Fraction) and isinstance(b, Fraction):
                        yield _told(one.start, two.end, prose, (base, a * more + b * less))


class Lengths:
    """The lengths of time of a text, to ask whether another text tells the same in other units (24 hours, a day)."""

    def __init__(self, quantities: list[Quantity], prose: str, profile: LanguageProfile) -> None:
        self.profile = profile
        self.quantities = [q for q in quantities if q.unit in _BASE and not SYLLABLE.fullmatch(q.written)]
        self.joined = list(parse_durations(prose, profile, quantities))
        self.units = {(value, q.unit) for q in quantities for value in q.values}
        self.plain = {amount for q in self.joined if q.counted for amount in q.amounts}
        self.told = {amount for q in self.joined if not q.counted for amount in q.amounts}

    def unanswered(self, quantities: list[Quantity], other: Lengths) -> list[Quantity]:
        """Those of this text's quantities that the other text's lengths do not tell, alone or with their neighbours."""
        free = other._beside(self)
        told = {
            place for q in self.joined if not q.amounts.isdisjoint(free) for place in range(q.start, q.end)
        }  # fmt: skip
        return [
            q for q in quantities
            if amounts(q, self.profile).isdisjoint(free) and q.start not in told
        ]  # fmt: skip

    def _beside(self, other: Lengths) -> set[Amount]:
        """The lengths of this text that the other does not tell in the same words: "72 hours, i.e. three days" and "24
        hours a day" answer each number by itself."""
        free = {a for q in self.quantities if other.units.isdisjoint((value, q.unit) for value in q.values)
                for a in amounts(q, self.profile)}  # fmt: skip
        return free | self.told | (self.plain - other.plain)
