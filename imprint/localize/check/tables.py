"""What CLDR (as Babel carries it) does not say of a language: its end marks, scale words, percent words, ratios.

Keys are language subtags, or language and script (`zh-Hant`) where they differ. A language without an entry gets the
default of its script, or the general one. Number words are not here: they come from CLDR's spell-out rules.
"""

from __future__ import annotations

import re

# The marks that end a sentence, by what they say: stop, question, exclamation, colon, semicolon, comma. The first is
# the one to write. Ellipses are alike everywhere.
LATIN_MARKS = {"stop": ".", "question": "?", "exclamation": "!", "colon": ":", "semicolon": ";", "comma": ","}
_CJK_MARKS = {"stop": "。", "question": "？", "exclamation": "！", "colon": "：", "semicolon": "；", "comma": "，、"}
_ARABIC_MARKS = {"stop": ".", "question": "؟", "exclamation": "!", "colon": ":", "semicolon": "؛", "comma": "،"}
END_MARKS: dict[str, dict[str, str]] = {
    "zh": _CJK_MARKS,
    "yue": _CJK_MARKS,
    "ja": _CJK_MARKS | {"stop": "。", "question": "？?", "exclamation": "！!", "colon": "：:"},
    "hi": LATIN_MARKS | {"stop": "।"},
    "mr": LATIN_MARKS | {"stop": ".।"},
    "ne": LATIN_MARKS | {"stop": "।"},
    "bn": LATIN_MARKS | {"stop": "।"},
    "as": LATIN_MARKS | {"stop": "।"},
    "pa": LATIN_MARKS | {"stop": "।"},
    "or": LATIN_MARKS | {"stop": "।"},
    "ar": _ARABIC_MARKS,
    "fa": _ARABIC_MARKS,
    "ps": _ARABIC_MARKS,
    "ckb": _ARABIC_MARKS,
    "ug": _ARABIC_MARKS,
    "ur": _ARABIC_MARKS | {"stop": "۔"},
    "el": LATIN_MARKS | {"question": ";;", "semicolon": "·;"},
    "hy": LATIN_MARKS | {"stop": "։:", "question": "՞", "exclamation": "՜"},
    "am": LATIN_MARKS | {"stop": "።", "comma": "፣", "semicolon": "፤", "colon": "፦፡:"},
    "km": LATIN_MARKS | {"stop": "។"},
    "my": LATIN_MARKS | {"stop": "။", "comma": "၊"},
    "bo": LATIN_MARKS | {"stop": "།"},
}
# Languages that end a sentence with a space, not a mark.
NO_STOP = frozenset({"th", "lo"})

# Scripts (ISO 15924) whose spelling needs U+200C and U+200D, and those whose words U+200B may part.
JOINED_SCRIPTS = frozenset("Arab Deva Beng Gujr Guru Orya Taml Telu Knda Mlym Sinh Mymr Khmr Syrc Mong".split())
SPACELESS_SCRIPTS = frozenset("Thai Laoo Khmr Mymr Tibt".split())
HAN_SCRIPTS = frozenset({"Hans", "Hant", "Jpan", "Hani"})

# Characters of a translation for each character of English prose, by script or language: what is usual, from which
# length checks depart.
RATIOS = {
    "Hans": 0.38, "Hant": 0.38, "Jpan": 0.50, "Kore": 0.52, "Thai": 0.92, "Hebr": 0.78, "Arab": 0.85,
    "Deva": 1.05, "Beng": 1.05, "Cyrl": 1.05, "Latn": 1.12, "Grek": 1.15,
    "fr": 1.23, "pl": 1.06, "tr": 1.06,
}  # fmt: skip

# Words that multiply the number before (or, alone, stand for the number itself), as stems: a word matches if it begins
# with one. "=" before a word: only the whole word (a short word begins many others).
SCALES: dict[str, dict[int, str]] = {
    "en": {12: "=dozen", 100: "=hundred", 10**3: "thousand =k", 10**5: "=lakh =lac", 10**6: "million =mn",
           10**7: "crore",
           10**9: "billion =bn", 10**12: "trillion"},
    "zh": {10**2: "百 佰", 10**3: "千 仟", 10**4: "万 萬", 10**6: "百万 百萬", 10**7: "千万 千萬",
           10**8: "亿 億", 10**12: "万亿 兆 萬億"},
    "ja": {12: "ダース", 10**2: "百", 10**3: "千", 10**4: "万", 10**6: "百万", 10**7: "千万", 10**8: "億",
           10**12: "兆"},
    "ko": {12: "다스", 10**2: "백", 10**3: "천", 10**4: "만", 10**6: "백만", 10**7: "천만", 10**8: "억", 10**12: "조"},
    "de": {12: "=dutzend", 10**2: "=hundert", 10**3: "tausend =tsd", 10**6: "million =mio", 10**9: "milliarde =mrd",
           10**12: "billion"},
    "fr": {12: "=douzaine =douzaines", 10**2: "=cent =cents", 10**3: "=mille", 10**6: "million",
           10**9: "milliard =md =mds", 10**12: "billion"},
    "es": {12: "=docena =docenas", 10**3: "=mil =miles", 10**6: "millon millón =mill =mdd",
           10**9: "millardo =mil_millones", 10**12: "billon billón"},
    "pt": {12: "=dúzia =dúzias", 10**3: "=mil =milhares", 10**6: "milhão milhões milhao =mi",
           10**9: "bilhão bilhões =bi =mil_milhões",
           10**12: "trilhão trilhões"},
    "it": {12: "=dozzina =dozzine", 10**3: "=mila =mille", 10**6: "milion =mln", 10**9: "miliard =mld",
           10**12: "bilion =mila_miliardi"},
    "ru": {10: "=десяток =десятка =десятков =десятки =десятками", 12: "дюжин", 10**3: "тысяч =тыс",
           10**6: "миллион =млн", 10**9: "миллиард =млрд", 10**12: "триллион =трлн"},
    "uk": {10: "=десяток =десятки =десятків", 12: "дюжин", 10**3: "тисяч =тис", 10**6: "мільйон =млн",
           10**9: "мільярд =млрд", 10**12: "трильйон =трлн"},
    "pl": {12: "tuzin", 10**3: "tysi =tys", 10**6: "milion =mln", 10**9: "miliard =mld", 10**12: "bilion"},
    "tr": {12: "=düzine", 10**3: "=bin =bini =bine =binin =binden =binlik", 10**6: "milyon =mn", 10**9: "milyar =mr",
           10**12: "trilyon"},
    "vi": {10: "=chục", 12: "=tá", 10**2: "=trăm", 10**3: "=nghìn =ngàn", 10**6: "=triệu", 10**9: "=tỷ =tỉ"},
    "id": {10: "=puluhan", 12: "=lusin", 10**2: "=ratus =ratusan", 10**3: "=ribu =ribuan =rb",
           10**6: "=juta =jutaan =jt", 10**9: "miliar", 10**12: "triliun"},
    "ms": {10**2: "=ratus", 10**3: "=ribu", 10**6: "=juta", 10**9: "bilion"},
    "th": {10**2: "ร้อย", 10**3: "พัน", 10**4: "หมื่น", 10**5: "แสน", 10**6: "ล้าน", 10**9: "พันล้าน",
           10**12: "ล้านล้าน"},
    "hi": {12: "दर्जन", 10**2: "=सौ", 10**3: "हज़ार हजार हज़ार", 10**5: "लाख", 10**6: "मिलियन", 10**7: "करोड़ करोड़",
           10**9: "अरब बिलियन", 10**11: "खरब"},
    "bn": {10**2: "=শ", 10**3: "হাজার", 10**5: "লাখ লক্ষ", 10**6: "মিলিয়ন মিলিয়ন", 10**7: "কোটি",
           10**9: "বিলিয়ন বিলিয়ন"},
    "ar": {12: "=دزينة", 10**2: "=مئة =مائة", 10**3: "=ألف =آلاف =ألفا", 10**6: "مليون ملايين", 10**9: "مليار بليون",
           10**12: "تريليون"},
    "fa": {10**2: "=صد", 10**3: "هزار", 10**6: "میلیون", 10**9: "میلیارد", 10**12: "تریلیون"},
    "ur": {10**2: "=سو", 10**3: "ہزار", 10**5: "لاکھ", 10**6: "ملین", 10**7: "کروڑ", 10**9: "ارب بلین"},
    "nl": {12: "dozijn", 10**2: "=honderd", 10**3: "duizend", 10**6: "miljoen =mln", 10**9: "miljard =mrd =mld",
           10**12: "biljoen"},
    "sv": {12: "dussin", 10**3: "tusen", 10**6: "miljon =mn", 10**9: "miljard =md", 10**12: "biljon"},
    "da": {12: "dusin", 10**3: "tusind", 10**6: "million =mio", 10**9: "milliard =mia", 10**12: "billion"},
    "nb": {12: "dusin", 10**3: "tusen", 10**6: "million =mill", 10**9: "milliard =mrd", 10**12: "billion"},
    "fi": {10**3: "tuhat tuhan tuhatta", 10**6: "miljoon =milj", 10**9: "miljard =mrd", 10**12: "biljoon"},
    "cs": {12: "tucet", 10**3: "tisíc =tis", 10**6: "milion =mil", 10**9: "miliard =mld", 10**12: "bilion"},
    "sk": {10**3: "tisíc =tis", 10**6: "milión milion =mil", 10**9: "miliard =mld", 10**12: "bilión"},
    "hu": {10**3: "ezer", 10**6: "millió", 10**9: "milliárd", 10**12: "billió"},
    "ro": {10**3: "=mie =mii", 10**6: "milion milioane =mil", 10**9: "miliard =mld"},
    "el": {12: "ντουζίν", 10**3: "χιλιάδ χίλι", 10**6: "εκατομμύρι =εκατ", 10**9: "δισεκατομμύρι =δισ",
           10**12: "τρισεκατομμύρι"},
    "bg": {10**3: "хиляд =хил", 10**6: "милион =млн", 10**9: "милиард =млрд", 10**12: "трилион"},
    "ca": {10**3: "=mil", 10**6: "milió milion =M", 10**12: "bilió bilion"},
    "he": {10**2: "=מאה =מאות", 10**3: "אלף אלפי", 10**6: "מיליו", 10**9: "מיליארד", 10**12: "טריליו"},
}  # fmt: skip

# Words that begin like a scale and are none: Thai alliances and missions, Korean backups, white papers, expiry, Chinese
# kilograms and megabytes.
NOT_SCALES = re.compile(
    "千[克米瓦赫字比位卡帕焦]|兆[字比赫瓦位帕]|พันธ|ร้อยละ|ล้านนา|백[업신서분엔그]|천장|만[료족약들]|조[건항직치회사정]|억[제압]"
)
# Words for "percent", before or after the number.
PERCENT = {
    "en": "percent|per cent|pct", "zh": "百分之|个百分点|個百分點", "ja": "パーセント", "ko": "퍼센트|프로",
    "de": "prozent", "fr": "pour cent|p. cent", "es": "por ciento", "pt": "por cento", "it": "per cento|percento",
    "ru": "процент", "uk": "відсотк|відсоток|процент", "pl": "procent", "tr": "yüzde", "vi": "phần trăm",
    "th": "ร้อยละ|เปอร์เซ็นต์|เปอร์เซนต์", "id": "persen", "ms": "peratus", "hi": "प्रतिशत|फ़ीसदी|फीसदी",
    "bn": "শতাংশ|শতকরা", "ar": "في المئة|في المائة|بالمئة|بالمائة", "fa": "درصد", "ur": "فیصد|فی صد",
    "he": "אחוז", "nl": "procent", "sv": "procent", "da": "procent", "nb": "prosent", "cs": "procent",
    "sk": "percent", "fi": "prosent", "hu": "százalék", "el": "τοις εκατό", "ro": "la sută", "bg": "процент|на сто",
    "ca": "per cent",
}  # fmt: skip
# The percent words that stand before their number.
PERCENT_BEFORE = frozenset({"百分之", "yüzde", "ร้อยละ", "শতকরা"})

# Number words for the languages that CLDR has no spell-out rules for: from 0 (or 1) on.
SPELLED = {
    "bn": "শূন্য এক দুই তিন চার পাঁচ ছয় সাত আট নয় দশ এগারো বারো তেরো চৌদ্দ পনেরো ষোলো সতেরো আঠারো উনিশ বিশ",
    "ur": "صفر ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس",
}
# Further words for a number: duals, collectives, fractions, spellings that CLDR's rules do not write.
EXTRA_WORDS: dict[str, dict[str, str]] = {
    "en": {"1": "once single", "2": "twice both double pair couple dual", "3": "thrice triple",
           "12": "dozen noon midday", "0": "midnight",
           "10": "decade teens teenage teenager teenagers", "20": "twenties", "30": "thirties", "40": "forties",
           "50": "fifties", "60": "sixties", "70": "seventies", "80": "eighties", "90": "nineties",
           "100": "century", "1/2": "half fifty-fifty", "1/4": "quarter quarters", "14": "fortnight"},
    "zh": {"2": "双 雙 俩 倆 对 對 再次 二者", "1/2": "半", "3": "仨"},
    "ja": {"2": "両 双 二つ ふたつ", "3": "三つ みっつ", "4": "四つ", "5": "五つ", "6": "六つ", "7": "七つ",
           "8": "八つ", "9": "九つ", "1/2": "半"},
    "ko": {"2": "양 둘 두", "3": "세 석 셋", "4": "네 넉 넷", "1/2": "반"},
    "de": {"2": "beide beiden beider doppelt zweimal", "12": "dutzend",
           "1/2": "halb halbe halben halbes halber halbem hälfte",
           "30": "halbe-stunde halben-stunde",
           "3/2": "anderthalb eineinhalb",
           "70": "siebzigerjahre siebzigerjahren", "80": "achtzigerjahre achtzigerjahren",
           "90": "neunzigerjahre neunzigerjahren neunziger"},
    "fr": {"2": "double deux-fois", "12": "douzaine", "10": "dizaine", "20": "vingtaine",
           "1/2": "demi demie moitié"},
    "es": {"2": "ambos ambas doble", "12": "docena", "10": "decena", "1/2": "medio media mitad"},
    "pt": {"2": "ambos ambas duplo dupla", "12": "dúzia", "10": "dezena", "1/2": "meio meia metade"},
    "it": {"2": "entrambi entrambe doppio doppia", "12": "dozzina", "10": "decina", "1/2": "mezzo mezza metà"},
    "ru": {"2": "оба обе обоих двое вдвое дважды", "3": "трое трижды трёх трём", "4": "четверо четырёх четырём",
           "1/2": "половина половины половине половину половиной", "12": "дюжина дюжины дюжине дюжину дюжиной",
           "3/2": "полтора полторы полутора", "30": "полчаса", "6": "полгода полдюжины",
           "500000": "полмиллиона", "500000000": "полмиллиарда"},
    "uk": {"2": "обидва обидві двоє двічі двох двом", "3": "троє тричі трьох трьом", "4": "чотирьох",
           "5": "п'яти", "6": "шести", "7": "семи", "8": "восьми", "9": "дев'яти", "10": "десяти", "12": "дванадцяти",
           "20": "двадцяти", "30": "тридцяти", "1/2": "половина половини", "3/2": "півтора", "500000": "півмільйона"},
    "pl": {"2": "oba obie dwoje dwukrotnie", "3": "troje trzykrotnie", "12": "tuzin", "1/2": "połowa połowy pół",
           "3/2": "półtora półtorej"},
    "tr": {"2": "çift her-iki", "4": "dörd", "1/2": "yarım yarısı buçuk"},
    "vi": {"2": "đôi cặp", "4": "tư", "5": "lăm", "12": "tá", "1/2": "nửa rưỡi"},
    "id": {"2": "kedua keduanya ganda", "3": "ketiga", "4": "keempat", "12": "lusin", "1/2": "setengah separuh",
           "100": "seratus", "1000": "seribu", "1000000": "sejuta", "1000000000": "semiliar"},
    "th": {"2": "คู่", "6": "ครึ่งโหล", "12": "หนึ่งโหล", "24": "สองโหล", "1/2": "ครึ่ง"},
    "hi": {"2": "दोनों दोहरी दोहरा", "3": "तीनों", "4": "चारों", "1/2": "आधा आधे आधी", "3/2": "डेढ़ डेढ़",
           "5/2": "ढाई", "12": "दर्जन", "6": "छः छे", "18": "अट्ठारह", "28": "अठाईस", "29": "उन्तीस", "39": "उन्तालीस",
           "49": "उन्चास", "63": "तिरेसठ", "79": "उनासी उन्नासी", "88": "अट्ठासी अठासी", "90": "नब्बे",
           "91": "इक्यानवे इक्यानबे", "92": "बानवे बानबे", "93": "तिरानवे तिरानबे", "94": "चौरानवे चौरानबे",
           "95": "पचानवे पचानबे पंचानवे पंचानबे", "96": "छियानवे छियानबे", "97": "सत्तानवे सत्तानबे",
           "98": "अट्ठानवे अट्ठानबे अठानवे अठानबे", "99": "निन्यानवे निन्यानबे"},
    "cs": {"2": "dvou dvěma oba", "3": "tří třem", "4": "čtyř", "5": "pěti", "10": "deseti", "20": "dvaceti",
           "30": "třiceti", "1/2": "půl polovina poloviny"},
    "bn": {"2": "দুটি দুইটি দু উভয় উভয়", "3": "তিনটি", "4": "চারটি", "5": "পাঁচটি", "1/2": "অর্ধেক আধা",
           "48": "আটচল্লিশ", "24": "চব্বিশ", "30": "ত্রিশ তিরিশ", "100": "একশ একশো"},
    "ar": {"1": "أحد إحدى", "2": "اثنان اثنين اثنتان اثنتين إثنين كلا كلتا",
           "200": "مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي",
           "2000": "ألفان ألفين ألفي",
           "3": "ثلاث ثلاثة", "4": "أربع أربعة", "5": "خمس خمسة", "6": "ست ستة", "7": "سبع سبعة",
           "8": "ثمان ثماني ثمانية", "9": "تسع تسعة", "10": "عشر عشرة", "20": "عشرين", "30": "ثلاثين",
           "40": "أربعين", "50": "خمسين", "60": "ستين ستينيات ستينات", "70": "سبعين سبعينيات سبعينات",
           "80": "ثمانين ثمانينيات ثمانينات", "90": "تسعين تسعينيات تسعينات",
           "1/2": "نصف", "1/4": "ربع",
           "11": "أحد-عشر إحدى-عشرة", "12": "اثنا-عشر اثني-عشر اثنتا-عشرة اثنتي-عشرة", "14": "أربع-عشرة",
           "15": "خمس-عشرة"},
    "fa": {"2": "هردو دوم دوگانه", "3": "سوم", "1/2": "نیم نصف"},
    "ur": {"2": "دونوں دوہری", "3": "تینوں", "1/2": "آدھا آدھی نصف", "48": "اڑتالیس", "24": "چوبیس", "30": "تیس"},
    "he": {"2": "שני שתי שניהם כפול זוג", "1/2": "חצי מחצית", "2000": "אלפיים", "200": "מאתיים"},
}  # fmt: skip
# Number words that are more often another word; they may answer a number of the source, and are never a number by
# themselves (German "acht" is eight, "Acht" care; French "neuf" nine or new; Vietnamese "năm" five or year).
AMBIGUOUS = {
    "en": "one second zero noon midday midnight o a quarter quarters half third decade century fortnight single "
          "dozen double dual pair couple once both teens teenage teenager teenagers twenties thirties forties fifties "
          "sixties seventies eighties nineties fifty-fifty",
    "de": "acht ein eine einen einem einer eines eins null sieben",
    "fr": "neuf un une second seconde zéro", "es": "un una uno once segundo segunda cero",
    "pt": "um uma segundo segunda zero meia", "it": "un uno una sei secondo seconda zero",
    "ru": "один одна одно одни одного одной одним одном одному одну ноль сорок семью",
    "uk": "один одна одне одні нуль сім", "pl": "jeden jedna jedno zero sto",
    "tr": "on bir bin yüz kırk altı sıfır", "vi": "năm không một tư tá đôi cặp nửa",
    "id": "satu nol se", "hi": "एक दो सौ नौ सात", "ar": "ست عشر واحد سبع خمس أحد إحدى", "fa": "یک نه صد سی شش دو",
    "ur": "ایک دو نو سو", "he": "אחת אחד", "ro": "nouă noua un o unu una",
}  # fmt: skip

# Languages that write a time of day with a point (17.30), by CLDR or by their own rules of spelling.
POINT_TIMES = frozenset("da de fi id it pl ru th tr".split())

# Words that show a value below zero.
MINUS = (
    "minus", "moins", "menos", "meno", "eksi", "минус", "мінус", "âm", "ลบ", "负", "負", "零下", "マイナス",
    "영하", "마이너스", "ऋण", "माइनस", "মাইনাস", "سالب", "ناقص", "تحت الصفر", "منفی", "מינוס", "-", "−", "–",
)  # fmt: skip

# Languages that put a month into more cases than CLDR lists (it has the nominative and the genitive).
CASED = frozenset(
    {"ru", "uk", "be", "bg", "sr", "hr", "bs", "mk", "pl", "cs", "sk", "sl", "lt", "lv", "fi", "et", "hu", "tr"}
)

# Units beyond the ones that CLDR spells in every language, as symbols that no language translates.
UNIT_SYMBOLS = {
    "digital-kilobyte": "kB KB", "digital-megabyte": "MB", "digital-gigabyte": "GB", "digital-terabyte": "TB",
    "frequency-hertz": "Hz", "frequency-kilohertz": "kHz", "frequency-megahertz": "MHz", "frequency-gigahertz": "GHz",
    "length-kilometer": "km", "length-centimeter": "cm", "length-millimeter": "mm", "mass-kilogram": "kg",
    "duration-millisecond": "ms", "temperature-celsius": "°C", "temperature-fahrenheit": "°F", "power-kilowatt": "kW",
    "kbit/s": "kbit/s kbps", "Mbit/s": "Mbit/s Mbps", "Gbit/s": "Gbit/s Gbps", "KiB": "KiB", "MiB": "MiB",
    "GiB": "GiB",
    "dpi": "dpi", "ppi": "ppi", "mAh": "mAh", "fps": "fps", "nit": "nit nits",
}  # fmt: skip
UNITS = (
    "duration-year duration-month duration-week duration-day duration-hour duration-minute duration-second "
    "duration-millisecond digital-bit digital-byte digital-kilobyte digital-megabyte digital-gigabyte digital-terabyte "
    "digital-megabit digital-gigabit length-kilometer length-meter length-centimeter length-millimeter length-mile "
    "length-inch length-foot mass-kilogram mass-gram mass-milligram mass-tonne speed-kilometer-per-hour "
    "temperature-celsius temperature-fahrenheit frequency-hertz frequency-kilohertz frequency-megahertz "
    "frequency-gigahertz power-watt power-kilowatt volume-liter volume-milliliter graphics-pixel graphics-megapixel"
).split()
# Units of CLDR that are more often another word behind a number: "from", "with", "and".
NOT_UNITS = {"hi": "से व", "ru": "с", "uk": "с", "bg": "с", "be": "с", "sr": "с", "mk": "с"}
# Words of time that CLDR's patterns do not give: genitives, compounds, the counters between number and unit.
UNIT_WORDS: dict[str, dict[str, str]] = {
    "en": {"duration-hour": "hour hr hrs", "duration-minute": "minute min mins", "duration-second": "second sec secs",
           "duration-day": "day", "duration-week": "week", "duration-month": "month", "duration-year": "year",
           "digital-megabyte": "megabyte", "digital-gigabyte": "gigabyte"},
    "zh": {"duration-hour": "小时 小時 个小时 個小時 个钟头", "duration-day": "天 日",
           "duration-week": "周 週 星期 个星期 禮拜",
           "duration-month": "个月 個月", "duration-year": "年", "duration-minute": "分钟 分鐘",
           "duration-second": "秒 秒钟"},
    "ja": {"duration-hour": "時間", "duration-day": "日 日間", "duration-week": "週間",
           "duration-month": "か月 ヶ月 カ月 箇月",
           "duration-year": "年 年間", "duration-minute": "分 分間", "duration-second": "秒 秒間"},
    "ko": {"duration-hour": "시간", "duration-day": "일", "duration-week": "주", "duration-month": "개월",
           "duration-year": "년", "duration-minute": "분", "duration-second": "초"},
    "ru": {"duration-hour": "час", "duration-day": "дн день суток сутки сутками суткам сутках",
           "duration-week": "недел", "duration-month": "месяц",
           "duration-year": "год лет", "duration-minute": "минут", "duration-second": "секунд"},
    "uk": {"duration-hour": "годин", "duration-day": "дн день діб", "duration-week": "тижн тижден",
           "duration-month": "місяц",
           "duration-year": "рік рок", "duration-minute": "хвилин", "duration-second": "секунд"},
    "pl": {"duration-hour": "godzin", "duration-day": "dni dzień dób", "duration-week": "tygodni tydzień",
           "duration-month": "miesi", "duration-year": "rok lat", "duration-minute": "minut",
           "duration-second": "sekund"},
    "de": {"duration-hour": "stunde stündig stündlich", "duration-day": "tag tägig", "duration-week": "woche wöchig",
           "duration-month": "monat", "duration-year": "jahr jähr", "duration-minute": "minut",
           "duration-second": "sekund"},
    "ar": {"duration-hour": "ساعة ساعات", "duration-day": "يوم أيام يومًا", "duration-week": "أسبوع أسابيع",
           "duration-month": "شهر أشهر شهور", "duration-year": "سنة سنوات عام أعوام",
           "duration-minute": "دقيقة دقائق",
           "duration-second": "ثانية ثوان"},
    "tr": {"duration-year": "yıllık yılda yıldır yıla yılın yılı", "duration-month": "aylık ayda ayı ayın aya aydır",
           "duration-day": "günlük günde güne günün günü gündür"},
    "hi": {"duration-hour": "घंट घण्ट", "duration-day": "दिन", "duration-week": "सप्ताह हफ़्त हफ्त",
           "duration-month": "महीन माह",
           "duration-year": "वर्ष साल", "duration-minute": "मिनट", "duration-second": "सेकंड",
           "digital-kilobyte": "केबी किलोबाइट", "digital-megabyte": "एमबी मेगाबाइट",
           "digital-gigabyte": "जीबी गीगाबाइट",
           "digital-terabyte": "टीबी टेराबाइट"},
    "bn": {"digital-kilobyte": "কেবি", "digital-megabyte": "এমবি",
           "digital-gigabyte": "জিবি", "digital-terabyte": "টিবি"},
}  # fmt: skip
