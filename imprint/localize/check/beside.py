"""What stands beside a number and changes what it says: halves more, neighbours that make another word, counters."""

from __future__ import annotations

import re

# Between a number and the half that it is more by (one and a half, un million et demi), and the half-words that do
# without (bir buçuk, satu setengah).
AND_A_HALF = {
    "en": ("and a",), "fr": ("et",), "es": ("y",), "pt": ("e",), "it": ("e",), "ru": ("с",), "uk": ("з", "із"),
    "pl": ("i",), "ro": ("și",), "nl": ("en een",), "cs": ("a",),
}  # fmt: skip
HALF_AFTER = {"tr": "buçuk", "id": "setengah", "ms": "setengah", "vi": "rưỡi", "ar": "نصف", "fa": "نیم"}
# What Hindi, Bengali and Urdu write before a number that is more by a half or a quarter, or less by a quarter.
PART_BEFORE = {
    "hi": {"1/2": "साढ़े", "1/4": "सवा", "-1/4": "पौने"},
    "bn": {"1/2": "সাড়ে", "1/4": "সোয়া", "-1/4": "পৌনে"},
    "ur": {"1/2": "ساڑھے", "1/4": "سوا", "-1/4": "پونے"},
}  # fmt: skip
# Half of a unit, told in whole ones of the next: how many of which.
HALF_OF = {
    "duration-year": (6, "duration-month"), "duration-day": (12, "duration-hour"),
    "duration-hour": (30, "duration-minute"), "duration-minute": (30, "duration-second"),
}  # fmt: skip
# Words before and behind which a number word is none, an ordinal or the lower part of a fraction: Vietnamese days of
# the week and months (thứ hai, tháng ba), một phần ba, parents (ba mẹ), ripe (chín muồi).
BESIDE_OTHER = {
    "vi": (frozenset("thứ tháng mùng mồng phần".split()), frozenset("mẹ má lô muồi".split())),
}
# What a number word surely counts, where words stand without a space or numerals are short; group 1 is the number.
COUNTING = {
    "ko": re.compile(
        "(?<![가-힣])("
        "(?:두|세)(?= [가-힣])"
        "|(?:두|세|네|석|넉|다섯|여섯|일곱|여덟|아홉|스무"
        "|(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)?)"
        "(?= ?(?:개|가지|번|명|대|곳|사람|분|배|단계|장|달|해|시간|주|살|건|종|쌍|줄|팀|나라|회사|권|차례|자리|글자|축|"
        "쪽|편|유형|요소|부분|항목|영역|지역|도시|국가|기기|기관|기업|사용자|방법|원칙|버전|언어|그룹|계층|층|학교))"
        ")"
    ),
    # Not สามารถ (can), ห้าม (forbid), เก้าอี้ (chair), and no ordinals, which ที่ makes.
    "th": re.compile(
        "(?:(?<!ที่)(?<!สิบ)(?<!ร้อย)(?<!พัน)(?<!หมื่น)(?<!แสน)(?<!ล้าน))"
        "((?:(?:สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|ยี่)?สิบ)?(?:เอ็ด|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)?)"
        "(?<=[^\\s])(?= ?(?:ประเภท|ชนิด|แบบ|ข้อ|ครั้ง|คน|เครื่อง|ชุด|วัน|ปี|เดือน|สัปดาห์|ชั่วโมง|นาที|วินาที|ขั้นตอน|ขั้น|ระดับ|แห่ง|ราย"
        "|ฉบับ|ด้าน|ประการ|ส่วน|กลุ่ม|ตัว|อัน|ชิ้น|ใบ|เล่ม|ภาษา|ประเทศ|เมือง|บริษัท|แอป|เท่า|ฝ่าย|ชั้น|หลัก|จุด|หมวด|วิธี|ภูมิภาค"
        "|องค์กร|อุปกรณ์|ปัจจัย|เส้น|ดวง|คู่|หน่วย|ภาค|ช่อง|สาย|สี|รุ่น|เวอร์ชัน|โรงเรียน))"
    ),
}
# The duals of Arabic nouns, which tell two without a number (and plurals that are spelt alike).
DUAL = {"ar": re.compile(r"[^\W\d_]{2,}(?:ان|ين|ت[اي]|[اي](?:ك|كم|ه|ها|هما|نا))(?![^\W\d_])")}
