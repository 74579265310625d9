"""The rule of standards and law numbers, which no language translates: ISO/IEC 27001, 2016/679, № 152-ФЗ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imprint.base.diagnostic import Severity
from imprint.localize.check.figures import western
from imprint.localize.check.rules import Complaint, rule
from imprint.localize.check.subject import Subject

# Bodies that publish numbered standards, laws and papers; a number of theirs is written as they write it.
_BODIES = (
    "ISO|IEC|IEEE|ITU-T|ITU|ETSI|NIST|FIPS|RFC|BCP|ANSI|SOC|PCI|DIN|EN|BS|ASTM|ENISA|CEN|CENELEC|ECMA|W3C|OASIS|GOST|ГОСТ|"
    "GB|YD|YDT|JR|GM|TTAF|TAF|CCSA|JIS|KS|TIS|IS|SNI|TCVN|QCVN|NBR|UNE|UNI|NF|PN|SS|NEN|CSA|AS|NZS|EUCS|CVE|CWE|CAS"
)
_NUMBER = r"\d+(?:[.\-–:/]\d+)*"
# ETSI groups its numbers: EN 303 645, TS 103 701.
_GROUPED = r"(?<=(?:EN|ES|EG|SR|TR|TS)[\s\u00a0])\d{3}[\s\u00a0]\d{3}(?:-\d{1,2})*(?!\d)"
_STANDARD = re.compile(
    rf"(?<![A-Za-z])(?:{_BODIES})(?:[/ ](?:{_BODIES}|T|TS|TR|Z|PAS|SP|DIS|RED|R)(?![A-Za-z]))*"
    rf"(?:[\s\u00a0-](?:SP|PUB|Part|No\.?|R|П))?[\s\u00a0-]{{0,2}}(?:{_GROUPED}|{_NUMBER})(?:[A-Z]\b)?"
)
# Numbers of acts: (EU) 2016/679, 95/46/EC, 91/2025/QH15, 13/2023/NĐ-CP, № 152-ФЗ, 152-FZ, S.I. 2019/419, Cap. 486.
_LAW = re.compile(
    r"(?<![A-Za-zА-я0-9/.-])(?:"
    r"(?:19|20)\d\d/\d{1,5}(?![\d/])|(?:19|20)\d\d/\d{1,5}/[A-Z][A-Za-z0-9-]{0,8}"
    r"|\d{1,4}/(?:\d{2}|\d{4})(?:/[A-ZĐ][A-Za-z0-9Đ-]{0,8})"
    r"|\d{1,4}/(?:19|20)\d\d(?!\d)"
    r"|\d{1,4}-(?:ФЗ|ФКЗ|ЗРУ|FZ|VI|VII|VIII|IX|XII)(?![A-Za-zА-я0-9])"
    r")"
)
# A month and its year (09/2022), but for an act's number, which has a name just before (Law 12/2018, No. 10/2021).
_MONTH = re.compile(r"(?:0[1-9]|1[0-2])/(?:19|20)\d\d")
_YEARS = re.compile(r"(?:19|20)(\d\d)/(\d\d)")
_ACT = re.compile(
    r"(?:[^\W\d_][.°º]|№|[#)]|\b(?:act|law|order|case|directive|regulation|decision|decree|resolution|circular|notice|"
    r"gesetz|richtlinie|verordnung|beschluss|loi|décret|règlement|ley|lei|decreto|reglamento|regulamento|legge|ustawa|"
    r"kanun|luật|закон|указ|приказ))[\s\u00a0]?$",
    re.IGNORECASE,
)
# The word for a month or a quarter before its number and the year (tháng 5/2022).
_PERIOD = re.compile(
    r"(?:tháng|quý|ngày|mes|mês|mois|mese|trimestre|monat|quartal|kvartal|квартал|kwartał|bulan|ay)[\s\u00a0](?:\d{1,2}/)?$",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\b(?:Cap|Ch)\.?[\s\u00a0]?(\d{1,4}[A-Z]?)\b")


def standard_spans(text: str) -> list[tuple[int, int]]:
    """The places of standards' and laws' numbers in the text."""
    found = (match for pattern in (_STANDARD, _LAW) for match in pattern.finditer(text))
    return sorted({match.span() for match in found if not _is_date(match)})


def _is_date(match: re.Match[str]) -> bool:
    """Whether the number is a month and its year, or two years in a row (2019/20), with no act named before it, or has
    the word for a month or a quarter there."""
    before = match.string[max(0, match.start() - 16) : match.start()]
    if _PERIOD.search(before):
        return True
    years = _YEARS.fullmatch(match[0])
    dated = _MONTH.fullmatch(match[0]) or (years and (int(years[1]) + 1) % 100 == int(years[2]))
    return bool(dated) and not _ACT.search(before)


def _core(text: str) -> str:
    """The number as it is compared: western digits, plain hyphens and spaces, D for the Đ of Vietnamese decrees."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", western(text)).replace("Đ", "D")
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


@rule("standards", Severity.ERROR)
def check_standards(subject: Subject) -> Iterator[Complaint]:
    """Each standard and law number of the source stands in the translation, letter by letter."""
    source, target = subject.source.prose, _core(subject.target.prose)
    close = target.replace(" ", "")
    seen: set[str] = set()
    for start, end in standard_spans(source):
        number = _core(source[start:end])
        if number in seen:
            continue
        seen.add(number)
        kept = _stands(number, target) or _stands(number.replace(" ", ""), close)
        if not kept and not _abroad(number, target) and not _transliterated(number, target):
            yield Complaint(
                f"'{source[start:end]}' is not in the translation", "keep the number as its publisher writes it"
            )
    for match in _CHAPTER.finditer(source):
        if not _stands(match[1], target):
            yield Complaint(f"the chapter number of '{match[0]}' is not in the translation", "keep it")
    known = _core(source).replace(" ", "")
    written_here = dict.fromkeys(subject.target.prose[start:end] for start, end in standard_spans(subject.target.prose))
    for written in written_here:
        number = _core(written).replace(" ", "")
        if not _stands(number, known) and not _abroad(number, known) and not _transliterated(number, known):
            yield Complaint(f"'{written}' is not in the source", "keep the number as the source has it")


def _stands(number: str, text: str) -> bool:
    """Whether the number stands in the text and is not the beginning or the end of another."""
    return re.search(rf"(?<!\d){re.escape(number)}(?!\d|[.:/-]\d)", text) is not None


def _abroad(number: str, text: str) -> bool:
    """EU acts are counted in the languages' own manner: 95/46/EC = 95/46/EG = 95/46/CE."""
    match = re.match(r"(\d+/\d+)/[A-Z]{2,4}$", number)
    return match is not None and _stands(match[1], re.sub(r"(\d+/\d+)/\w{2,5}", r"\1", text))


def _transliterated(number: str, text: str) -> bool:
    """152-FZ of an English source is 152-ФЗ at home."""
    digits = re.match(r"\d+-(?=[^\W\d_])", number)
    return digits is not None and re.search(rf"(?<!\d){digits[0]}[^\W\d_]", text) is not None
