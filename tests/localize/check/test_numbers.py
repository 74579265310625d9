"""Numbers by value, in every script and format."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import example, given, settings
from hypothesis import strategies as st
from unicode_rbnf import RbnfEngine

from imprint.localize.check.numerals import parse_han
from imprint.localize.check.profile import profile_for
from imprint.localize.check.quantities import parse_quantities
from imprint.localize.check.run import check_translation
from imprint.localize.check.subject import Pair
from tests.localize.check.conftest import Ask

LANGUAGES = "zh-Hans zh-Hant ja ko de fr es pt it ru pl uk tr vi th id hi bn ar fa ur he en".split()
numbers = st.integers(0, 10**9).map(Decimal) | st.decimals(0, 10**5, places=2)
systems = st.sampled_from(["default", "latn"])


def findings(lang: str, source: str, target: str) -> list[str]:
    """The messages of the rules of numbers."""
    found = check_translation(Pair(source, (target,)), profile_for(lang))
    return [d.message for d in found if d.rule in ("numbers", "units")]


def written(value: Decimal, lang: str, system: str = "latn") -> str:
    """The number as CLDR writes it for the language, up to three decimals."""
    return format_decimal(value, locale=lang.replace("-", "_"), numbering_system=system)


@settings(deadline=None)  # The first call of a language reads its CLDR data.
@given(numbers, st.sampled_from(LANGUAGES), systems)
def test_a_number_of_cldr_has_its_value(value: Decimal, lang: str, system: str) -> None:
    """Whatever CLDR writes for a language is read as the number that English has."""
    assert findings(lang, f"It is {written(value, 'en')} here.", f"— {written(value, lang, system)} —") == []


@settings(deadline=None)  # The first call of a language reads its CLDR data.
@given(st.data(), numbers, st.sampled_from(LANGUAGES), systems)
def test_one_changed_digit_is_seen(data: st.DataObject, value: Decimal, lang: str, system: str) -> None:
    """No digit of a number can change unseen."""
    digits = str(value)
    place = data.draw(st.sampled_from([i for i, c in enumerate(digits) if c.isdigit()]))
    digit = data.draw(st.sampled_from([c for c in "0123456789" if c != digits[place]]))
    other = Decimal(digits[:place] + digit + digits[place + 1 :])
    assert findings(lang, f"It is {written(value, 'en')} here.", f"— {written(other, lang, system)} —")


@settings(deadline=None)  # The first call of a language reads its CLDR data.
@given(
    st.dates(datetime.date(1970, 1, 1), datetime.date(2040, 12, 31)),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["long", "medium"]),
)
@example(datetime.date(2000, 1, 2), "ja", "medium")  # 2000/02/02, where 02/02 is no fraction that makes one
def test_a_date_of_cldr_has_its_value(date: datetime.date, lang: str, style: str) -> None:
    """CLDR's dates are read by their parts, and the next day, month or year is another date."""
    locale = lang.replace("-", "_")
    source = f"On {format_date(date, 'long', locale='en')}."
    assert findings(lang, source, format_date(date, style, locale=locale)) == []
    for other in (date + datetime.timedelta(1), date + datetime.timedelta(31), date.replace(year=date.year + 1, day=1)):
        assert findings(lang, source, format_date(other, style, locale=locale))


@settings(deadline=None)  # The first call of a language reads its CLDR data.
@given(st.integers(13, 100), st.sampled_from([lang for lang in LANGUAGES if lang not in ("bn", "ur")]))
def test_number_words_may_become_digits_and_digits_words(value: int, lang: str) -> None:
    """CLDR's spelling of a number answers its digits, and digits answer the English spelling."""
    name = lang.replace("-Hant", "_Hant").replace("-Hans", "")
    word = RbnfEngine.for_language(name).format_number(value).text.replace("\xad", "").replace("\u200b", "")
    english = RbnfEngine.for_language("en").format_number(value).text
    assert findings(lang, f"({value})", f"({word})") == []
    assert findings(lang, f"({english})", f"({value})") == []
    assert findings(lang, f"({english})", f"({word})") == []


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一千二百", 1200),
        ("二〇二一", 2021),
        ("两万", 20_000),
        ("十三", 13),
        ("三亿五千万", 350_000_000),
        ("一万亿", 10**12),
        ("廿一", 21),
        ("三点五", Fraction(7, 2)),
    ],
)
def test_han_numerals(numeral: str, value: int | Fraction) -> None:
    """Han numerals by position, digit by digit, and with a decimal point."""
    assert value in parse_han(numeral)


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("hi", "1 लाख 20 हज़ार", 120_000),
        ("ja", "2億3000万", 230_000_000),
        ("ko", "2만 5천", 25_000),
        ("de", "3 Mrd.", 3 * 10**9),
        ("en", "20k", 20_000),
        ("fr", "20 mille", 20_000),
        ("zh-Hans", "20 多万", 200_000),
        ("id", "5 juta", 5_000_000),
    ],
)
def test_scales(lang: str, text: str, value: int) -> None:
    """A scale word multiplies, and scaled numbers in falling order add up."""
    assert any(value in quantity.values for quantity in parse_quantities(text, profile_for(lang)))


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "two thirds", Fraction(2, 3)),
        ("en", "three quarters", 75),
        ("en", "a fifth", Fraction(1, 5)),
        ("ja", "3分の2", Fraction(2, 3)),
        ("ko", "4분의 3", 75),
        ("en", "one and a half million", 1_500_000),
        ("fr", "un million et demi", 1_500_000),
        ("tr", "bir buçuk milyon", 1_500_000),
        ("ar", "مليون ونصف", 1_500_000),
        ("en", "a hundred thousand", 100_000),
        ("en", "half an hour", 30),
        ("pl", "pół roku", 6),
        ("zh-Hans", "十几个", 12),
        ("tr", "on ikisi", 12),
        ("tr", "üçte", 3),
        ("en", "two dozen", 24),
        ("en", "half a dozen", 6),
        ("fr", "deux douzaines", 24),
        ("de", "ein halbes Dutzend", 6),
        ("ru", "два десятка", 20),
        ("id", "enam puluhan", 60),
        ("it", "una sessantina", 60),
        ("en", "half a million", 500_000),
        ("en", "three quarters of a million", 750_000),
        ("en", "a thirty-second limit", 30),
        ("ar", "الحادي والعشرين", 21),
        ("ar", "والثانية عشرة", 12),
        ("ar", "خمس وعشرين", 25),
        ("ar", "ثلاثة أخماس", Fraction(3, 5)),
        ("en", "in their thirties", 30),
    ],
)
def test_parts_of_numbers(lang: str, text: str, value: int | Fraction) -> None:
    """Fractions, halves more, halves of a unit, tens and some, and number words with endings have their value."""
    assert any(value in quantity.values for quantity in parse_quantities(text, profile_for(lang)))


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", "à 17 h 30"), ("tr", "saat 17.30'da"), ("th", "เวลา 17.30 น."), ("ko", "오후 5시 30분에")]
)
def test_a_time_of_day_is_told_in_the_languages_manner(ask: Ask, lang: str, text: str) -> None:
    """5:30 p.m. on a dial of 24 hours or with a point is the same time; another minute is not."""
    source = "It ends at 5:30 p.m. every day, whatever the weather."
    assert [d for d in ask(lang, source, f"— {text} —") if d.rule == "numbers"] == []
    assert [d.rule for d in ask(lang, source, f"— {text.replace('30', '50')} —") if d.rule == "numbers"]


@pytest.mark.parametrize(("lang", "text"), [("ja", "2分の2"), ("ja", "3分の1"), ("ja", "3分の4"), ("ko", "2분의 3")])
def test_another_fraction_is_seen(ask: Ask, lang: str, text: str) -> None:
    """Two thirds that became another fraction, be it of the same numbers."""
    assert [d.rule for d in ask(lang, "More than two thirds of the apps asked.", f"— {text} —") if d.rule == "numbers"]


def test_a_version_is_no_thousand(ask: Ask) -> None:
    """12.5 is read as 12.5 and stays so in a language whose point parts thousands; 12.5.1 is its own text."""
    assert ask("de", "MIUI 12.5 and 12.5.1 run here.", "MIUI 12.5 und 12.5.1 laufen hier.") == []
    assert ask("de", "MIUI 12.5.1 runs here.", "MIUI 12.5.2 läuft hier.")[0].rule == "numbers"


def test_a_number_in_code_or_a_link_is_not_read(ask: Ask) -> None:
    """Numbers that no reader reads as numbers are not compared as such."""
    text = "`sleep 5` [a](https://x.org/2021) {n}"
    assert parse_quantities("\ufffc a \ufffc", profile_for("en")) == []
    assert ask("de", text, text.replace("a]", "b]")) == []


def test_the_message_says_what_became_what(ask: Ask) -> None:
    """The finding names both numbers as they are written."""
    assert (
        ask("de", "It took 1,000 days.", "Es dauerte 2.000 Tage.")[0].message == "'1,000' of the source became '2.000'"
    )


@pytest.mark.parametrize(
    ("source", "lang", "right", "wrong"),
    [
        ("It is valid for 24 hours.", "ru", "Действует одни сутки.", "Действует неделю."),
        ("24 hours for all three", "ru", "Сутки на все три", "Неделя на все три"),
        ("It is valid for 48 hours.", "de", "Es gilt zwei Tage.", "Es gilt zwei Stunden."),
        ("It took 90 minutes.", "fr", "Cela a pris une heure et demie.", "Cela a pris une heure et quart."),
        ("It took 90 minutes.", "ko", "1시간 30분이 걸렸습니다.", "1시간 40분이 걸렸습니다."),
        ("It is kept for a year and a half.", "es", "Se conserva 18 meses.", "Se conserva 16 meses."),
        ("It is kept for a year and a half.", "ja", "1年半保存されます。", "2年半保存されます。"),
        ("It is published quarterly.", "ja", "3か月ごとに公表されます。", "4か月ごとに公表されます。"),
        ("You have two weeks to object.", "pt", "Você tem 15 dias para se opor.", "Você tem 16 dias para se opor."),
        ("A quarter of an hour later it ends.", "zh-Hans", "15分钟后结束。", "20分钟后结束。"),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read_in_any_unit(ask: Ask, source: str, lang: str, right: str, wrong: str) -> None:
    """24 hours are a day, 90 minutes an hour and a half, a quarter three months; another length is seen."""
    assert [d for d in ask(lang, source, right) if d.rule in ("numbers", "units")] == []
    assert [d for d in ask(lang, source, wrong) if d.rule in ("numbers", "units")]


@pytest.mark.parametrize("target", ["72小时（即四天）", "72小时（即两天）", "小时（即三天）"])
def test_a_length_told_twice_answers_itself_only(ask: Ask, target: str) -> None:
    """Of "72 hours, i.e. three days" neither may change, though each says what the other says."""
    assert [d.rule for d in ask("zh-Hans", "Within 72 hours, i.e. three days", target) if d.rule == "numbers"]


@pytest.mark.parametrize(
    ("source", "lang", "right", "wrong"),
    [
        ("Costs tripled.", "ja", "費用は3倍になった。", "費用は4倍になった。"),
        ("Costs tripled.", "de", "Die Kosten haben sich verdreifacht.", "Die Kosten haben sich vervierfacht."),
        ("Costs tripled.", "fr", "Les coûts ont triplé.", "Les coûts ont quadruplé."),
        ("Costs tripled.", "zh-Hans", "成本增长了两倍。", "成本增长了四倍。"),
        ("3 times the former", "ru", "втрое больше прежнего", "вдвое больше прежнего"),
        ("a 6-digit code", "de", "ein sechsstelliger Code", "ein siebenstelliger Code"),
        ("a 6-digit code", "pl", "sześciocyfrowy kod", "siedmiocyfrowy kod"),
        ("a 3-level model", "cs", "tříúrovňový model", "dvouúrovňový model"),
        ("One in ten opts out.", "de", "10 % widersprechen.", "20 % widersprechen."),
        ("20% don't know.", "ja", "2割は知らない。", "3割は知らない。"),
        ("Six in ten lost one.", "tr", "Onda altısı birini kaybetti.", "Onda sekizi birini kaybetti."),
        ("In the 1990s", "zh-Hans", "20世纪90年代", "20世纪80年代"),
        ("A third of the apps ask.", "zh-Hans", "三分之一的应用会询问。", "四分之一的应用会询问。"),
        ("Two thirds of the apps ask.", "es", "Dos tercios de las aplicaciones preguntan.", "Un tercio pregunta."),
        ("Half of the apps ask.", "fr", "La moitié des applis demandent.", "Un tiers des applis demandent."),
        ("It costs ten times more.", "vi", "Chi phí gấp mười lần.", "Chi phí gấp tám lần."),
        ("It costs twice as much.", "ko", "비용이 두 배입니다.", "비용이 세 배입니다."),
        ("10 to 20 million", "zh-Hans", "1000万至2000万", "1000万至3000万"),
        ("12,480 requests", "ko", "1만 2,480건의 요청", "1만 2,380건의 요청"),
        ("Article 33", "ko", "제33조", "제34조"),
        ("In 2019–20", "de", "In der Saison 2019/20", "In der Saison 2018/19"),
        ("Updated: 09/2022", "de", "Stand: September 2022", "Stand: Oktober 2022"),
    ],
)  # fmt: skip
def test_multiples_shares_and_compounds_have_values(ask: Ask, source: str, lang: str, right: str, wrong: str) -> None:
    """Numbers inside other words, shares in per cent and the steps of a scale are read; another number is seen."""
    assert [d for d in ask(lang, source, right) if d.rule in ("numbers", "units", "standards")] == []
    assert [d for d in ask(lang, source, wrong) if d.rule in ("numbers", "units", "standards")]


@pytest.mark.parametrize(("lang", "target"), [("fr", "de 47 points"), ("ko", "47%포인트"), ("ja", "47ポイント")])
def test_percentage_points_are_points(ask: Ask, lang: str, target: str) -> None:
    """Percentage points may be told with a percent sign, the word for a point, or both."""
    assert [d for d in ask(lang, "up by 47 percentage points", target) if d.rule in ("numbers", "units")] == []


@pytest.mark.parametrize(
    ("lang", "target", "kept"),
    [("ja", "何が収集されるのか", True), ("th", "มีการเก็บข้อมูลใดบ้าง", True), ("zh-Hans", "如何收集数据", True),
     ("zh-Hans", "收集数据吗", False), ("de", "Was wird erhoben", False)],
)  # fmt: skip
def test_a_question_may_do_without_its_mark(ask: Ask, lang: str, target: str, kept: bool) -> None:
    """Where a particle or a word asks, the language's questions need no question mark; elsewhere they do."""
    assert ("end-punctuation" not in [d.rule for d in ask(lang, "What is collected?", target)]) is kept


@pytest.mark.parametrize(
    ("lang", "source", "target", "other"),
    [
        ("es", "within thirty seconds", "en treinta segundos", "en cuarenta segundos"),
        ("ja", "within sixty seconds", "60秒以内", "50秒以内"),
        (
            "tr",
            "nine million users in two weeks",
            "kullanıcıların dokuz milyonu iki haftada",
            "sekiz milyonu iki haftada",
        ),
        ("zh-Hans", "two decades of work", "二十年的工作", "三十年的工作"),
        ("ko", "two decades of work", "20년의 노력", "30년의 노력"),
        ("ar", "over twenty years", "على مدى أكثر من عقدين", "على مدى أكثر من ثلاثة عقود"),
        ("zh-Hant", "two centuries after", "兩百年之後", "三百年之後"),
        ("hi", "more than 20 days", "20 से अधिक दिन", "30 से अधिक दिन"),
        ("ru", "more than 20 days", "20 с лишним дней", "30 с лишним дней"),
        ("ja", "teenagers with two phones", "2台の端末を持つ10代", "3台の端末を持つ10代"),
        ("vi", "about two dozen", "khoảng hai tá", "khoảng ba tá"),
    ],
)
def test_a_number_told_another_way_is_the_same_and_another_number_is_not(
    ask: Ask, lang: str, source: str, target: str, other: str
) -> None:
    """Dozens, decades, seconds after tens, endings that end a number: the same value is no finding, another one is."""
    assert ask(lang, source, target) == []
    assert "numbers" in {d.rule for d in ask(lang, source, other)}


def test_a_symbol_of_a_unit_is_no_beginning_of_a_word() -> None:
    """Hindi ट is a tonne and टीम a team; दिनों are days all the same."""
    units = [quantity.unit for quantity in parse_quantities("6 टीमें, 48 दिनों", profile_for("hi"))]
    assert units == ["", "duration-day"]


@pytest.mark.parametrize(
    ("lang", "source", "target", "other"),
    [
        ("ko", "two kinds of data", "두 가지 데이터", "세 가지 데이터"),
        ("ko", "three servers", "서버 세 대", "서버 네 대"),
        ("ko", "twenty engineers", "엔지니어 스무 명", "엔지니어 스물한 명"),
        ("ko", "press it three times", "세 번 누르세요", "네 번 누르세요"),
        ("vi", "two kinds of data", "hai loại dữ liệu", "ba loại dữ liệu"),
        ("vi", "twice a month", "hai lần một tháng", "bốn lần một tháng"),
        ("vi", "within five days", "trong năm ngày", "trong sáu ngày"),
        ("th", "two kinds of data", "ข้อมูลสองประเภท", "ข้อมูลสามประเภท"),
        ("th", "press it three times", "กดสามครั้ง", "กดห้าครั้ง"),
        ("th", "twenty-five years", "ยี่สิบห้าปี", "ยี่สิบหกปี"),
        ("tr", "within five years", "beş yıl içinde", "altı yıl içinde"),
        ("it", "for five months", "per cinque mesi", "per sei mesi"),
        ("fr", "for five months", "pendant cinq mois", "pendant six mois"),
        ("ko", "the time doubles", "시간이 두 배로 늘어납니다", "시간이 세 배로 늘어납니다"),
        ("es", "once a million are combined", "cuando se combina un millón", "cuando se combina un mil millones"),
        ("tr", "a two-week period", "İki haftalık süre", "Üç haftalık süre"),
        ("ja", "after five minutes", "5分後に", "分後に"),
        ("th", "after five minutes", "หลังจากห้านาที", "หลังจากนาที"),
    ],
)
def test_a_small_number_word_that_became_another_is_seen(
    ask: Ask, lang: str, source: str, target: str, other: str
) -> None:
    """Small numbers in words, native Korean ones and those without spaces too; a length of time needs its number."""
    assert ask(lang, source, target) == []
    assert [d.rule for d in ask(lang, source, other)] == ["numbers"]


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("vi", "Two parents may sign in on Monday.", "Cả ba mẹ có thể đăng nhập vào thứ Hai."),
        ("vi", "Two reports in March.", "Báo cáo kép trong tháng Ba."),
        ("th", "Two keys can be used; chairs are forbidden.", "ใช้คีย์คู่ได้ เก้าอี้เป็นสิ่งต้องห้ามสามารถคน"),
        ("ko", "Two keys are kept on the Internet.", "이중 키는 인터넷에 보관됩니다. 네, 그렇습니다."),
        ("ja", "Help is there seven days a week.", "年中無休で対応しています。"),
        ("it", "a two-year plan", "un piano biennale"),
        ("de", "The board meets every two weeks.", "Der Vorstand tagt vierzehntägig."),
        ("zh-Hans", "The board meets every two weeks.", "董事会隔周开会。"),
        ("id", "over twelve months", "selama setahun"),
        ("fr", "Come back in two days.", "Revenez après-demain."),
        ("ko", "three quarters of a million", "75만"),
    ],
)
def test_what_only_looks_like_a_number_word_is_none(lang: str, source: str, target: str) -> None:
    """Parents, days of the week and months in Vietnamese, "can" in Thai, the Korean Internet: no number came with
    them."""
    assert findings(lang, source, target) == []


@pytest.mark.parametrize(
    ("lang", "source", "target", "other"),
    [
        ("zh-Hans", "fines of $5M", "500万美元的罚款", "5000万美元的罚款"),
        ("fr", "fines of $5M", "des amendes de 5 M$", "des amendes de 5 Md$"),
        ("de", "1.2B messages", "1,2 Milliarden Nachrichten", "1,2 Millionen Nachrichten"),
        ("pt-BR", "fines of $5M", "multas de US$ 5 mi", "multas de US$ 5 bi"),
        ("it", "10M+ users", "oltre 10 mln di utenti", "oltre 10 mld di utenti"),
        ("zh-Hans", "in 4K", "4K画质", "8K画质"),
        ("ko", "in 4K at 60 fps", "4K 60fps로", "4K 30fps로"),
        ("ja", "model M2012K11AG", "モデルM2012K11AG", "モデルM2012K11AG、3台"),
        ("ru", "4,520 mAh", "4520 мА·ч", "4250 мА·ч"),
        ("ar", "twelve months", "الاثني عشر شهرًا", "الأحد عشر شهرًا"),
    ],
)
def test_scales_of_one_letter_and_what_looks_like_one(
    ask: Ask, lang: str, source: str, target: str, other: str
) -> None:
    """$5M is five millions and 4K itself in every script; a letter inside a model's name multiplies nothing, and мА is
    no May."""
    assert ask(lang, source, target) == []
    assert "numbers" in {d.rule for d in ask(lang, source, other)}


def test_a_capital_letter_behind_a_number_may_be_a_name() -> None:
    """Section 5B has a five, and millions are only told beside a currency for sure."""
    assert findings("de", "Section 5B applies.", "Abschnitt 5B gilt.") == []
    assert findings("fr", "Section 5B applies.", "L’article 5 ter s’applique.") == []
    assert findings("de", "fines of $5M", "Bußgelder von 5 Dollar") != []


@pytest.mark.parametrize(
    ("lang", "source", "target", "other"),
    [
        ("ar", "over 2 million users", "أكثر من مليوني مستخدم", "أكثر من مليون مستخدم"),
        ("ar", "up to 2 devices", "ما يصل إلى جهازين", "ما يصل إلى ثلاثة أجهزة"),
        ("ar", "the past three months", "الأشهر الثلاثة الفائتة", "الأشهر الأربعة الفائتة"),
        ("ar", "one in a million", "واحد في المليون", "واحد في المليار"),
        ("ar", "1.5 million users", "مليون ونصف المليون مستخدم", "مليونا مستخدم"),
        ("ru", "1.5 million users", "полтора миллиона пользователей", "два миллиона пользователей"),
        ("ru", "only 1 in 4 users", "лишь каждый четвертый пользователь", "лишь каждый пятый пользователь"),
        ("id", "only 1 in 4 requests", "hanya seperempat permintaan", "hanya sepertiga permintaan"),
        ("ja", "less than a quarter", "4件に1件未満", "5件に1件未満"),
        ("de", "needs 50% less power", "braucht die Hälfte der Energie", "braucht ein Drittel der Energie"),
        ("ja", "3 times less space", "スペースは3分の1", "スペースは4分の1"),
        ("ru", "more than 2 days; less than 1 hour", "более двух дней; менее часа", "более двух дней; менее минуты"),
        ("hi", "ninety-five people", "पचानवे लोग", "पचासी लोग"),
        ("th", "5 missions", "5 พันธกิจ", "6 พันธกิจ"),
        ("th", "since 03/2021", "ตั้งแต่เดือนมีนาคม 2564", "ตั้งแต่เดือนเมษายน 2564"),
        ("id", "1/10 of that", "sepersepuluhnya", "seperlimanya"),
        ("tr", "1/10 of that", "bunun onda biri", "bunun beşte biri"),
        ("zh-Hans", "weighs 0.2 kg", "重0.2千克", "重0.3千克"),
        ("zh-Hans", "16 MB", "16兆字节", "16千字节"),
        ("ko", "lasts 1.5 days", "하루 반 동안 지속", "이틀 동안 지속"),
        ("ar", "lasts 1.5 days", "تدوم يومًا ونصف اليوم", "تدوم يومًا"),
        ("ar", "lasts 2.5 days", "تدوم يومين ونصف اليوم", "تدوم يومًا ونصف اليوم"),
        ("ko", "5 backups", "5 백업", "6 백업"),
    ],
)
def test_digits_may_become_the_languages_own_words(ask: Ask, lang: str, source: str, target: str, other: str) -> None:
    """Duals, halves more, shares and words that begin like a scale: what good translators make of digits."""
    assert ask(lang, source, target) == []
    assert {"numbers", "units"} & {d.rule for d in ask(lang, source, other)}


def test_a_share_and_its_percentage_are_both_asked_for() -> None:
    """Where the source tells the risk twice, one of the two does not answer the other."""
    source = "The risk is 1 in 50,000, that is 0.002%."
    assert findings("ja", source, "リスクは5万分の1、すなわち0.002%です。") == []
    assert findings("ja", source, "リスクは5万分の1、すなわち0.002です。") != []
    assert findings("zh-Hans", source, "风险为五万分之一，即%。") != []


def test_fifty_fifty_needs_no_fifty() -> None:
    """An idiom of two equal numbers becomes another one."""
    assert findings("de", "The risk was split fifty-fifty.", "Das Risiko wurde geteilt.") == []


@pytest.mark.parametrize(
    ("lang", "source", "target", "other"),
    [
        ("de", "Chapter 3 has three parts.", "Kapitel 3 hat drei Teile.", "Kapitel 3 hat vier Teile."),
        ("ko", "level 4 of four levels", "네 단계 중 4단계", "다섯 단계 중 4단계"),
        ("vi", "One in five users agrees.", "Một trong năm người dùng đồng ý.", "Một trong sáu người dùng đồng ý."),
        ("fr", "four out of five requests", "quatre demandes sur cinq", "trois demandes sur cinq"),
        ("tr", "one in five users", "her beş kullanıcıdan biri", "her dört kullanıcıdan biri"),
    ],
)
def test_a_number_told_twice_and_a_share_are_held_each(
    ask: Ask, lang: str, source: str, target: str, other: str
) -> None:
    """Where a number stands twice, a new word shows that one of them changed; a share is another share."""
    assert ask(lang, source, target) == []
    assert "numbers" in {d.rule for d in ask(lang, source, other)}
