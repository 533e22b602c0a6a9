"""Sentences with and without numbers in words, for lock.spelled of each language: what is found, and what is not."""

from __future__ import annotations

import pytest

from generator.reading.default_words import default_languages, default_words
from generator.wording.author_patterns import AuthorPattern

FOUND = {
    "de": (
        "zwei Milliarden Euro",
        "ein Drittel der Mittel",
        "zwei Drittel",
        "die Hälfte",
        "hundert Menschen",
        "Tausende Haushalte",
        "einundzwanzig Tage",
        "dreimal so viel",
        "anderthalb Jahre",
        "verdoppelte sich",
        "Dutzende Firmen",
        "ein Achtel",
        "halb so viel",
        "verzehnfacht",
    ),
    "fr": (
        "deux tiers des eaux",
        "trois cents habitants",
        "dix ans",
        "une dizaine de lacs",
        "la moitié",
        "un milliard d’euros",
        "quatre-vingt-dix",
        "le double",
        "a doublé",
        "cent personnes",
        "neuf communes",
        "un cinquième des eaux",
    ),
    "es": (
        "dos mil personas",
        "tres tercios",
        "la mitad",
        "cinco millones",
        "veintidós días",
        "quinientos euros",
        "cien casos",
        "el doble",
        "una tercera parte",
        "se duplicó",
        "once países",
        "un quinto del agua",
    ),
    "pt-BR": (
        "dois mil habitantes",
        "duas vezes",
        "três milhões",
        "a metade",
        "um terço",
        "quinhentos",
        "dezenas de casos",
        "o dobro",
        "dobrou",
        "cem pessoas",
        "um quinto da água",
        "duplicou",
    ),
    "it": (
        "due terzi",
        "tre milioni",
        "duecento euro",
        "dieci anni",
        "la metà",
        "cinquemila persone",
        "centinaia di casi",
        "raddoppiata",
        "sei mesi",
        "due quinti",
    ),
    "nl": (
        "twee derde",
        "drie miljoen",
        "honderd mensen",
        "de helft",
        "eenentwintig dagen",
        "tientallen bedrijven",
        "verdubbeld",
        "acht jaar",
        "een vijfde van het water",
    ),
    "sv": (
        "två tredjedelar",
        "tre miljoner",
        "hundra personer",
        "hälften",
        "tjugoen dagar",
        "tusentals hushåll",
        "fördubblades",
        "sex månader",
    ),
    "pl": (
        "dwa miliony",
        "trzy czwarte",
        "połowa mieszkańców",
        "sto osób",
        "dwadzieścia dni",
        "pięciuset nie, ale pięćset",
        "tysiące domów",
        "dwukrotnie",
        "dwóch badaczy",
        "kilkanaście firm",
        "jedna czwarta wody",
    ),
    "tr": (
        "iki milyon",
        "üç yüz kişi",
        "on bin",
        "yarım milyon",
        "yüzlerce ev",
        "üçte biri",
        "beş yıl",
        "altı ay",
        "iki katına",
        "suyun beşte biri",
    ),
    "ko": ("두 배로 늘었다", "세 가지 이유", "수백만 명", "절반이 넘는", "삼분의 일", "열두 명", "이천 명", "다섯 곳"),
    "zh-Hans": ("两百万人", "三分之一的水", "一半以上", "数千万元", "五个湖", "翻了一番", "二十天", "八成水库"),
    "zh-Hant": (
        "兩百萬人",
        "三分之一的水",
        "一半以上",
        "數千萬元",
        "五個湖",
        "翻了一番",
        "二十天",
        "八成水庫",
        "數兆元",
        "兩兆美元",
    ),
    "ar": (
        "ثلاثة ملايين",
        "خمسون شخصا",
        "ثلثا السكان",
        "نصف السكان",
        "مئات المنازل",
        "ملياري دولار",
        "تضاعفت القيمة",
        "عشرة أيام",
        "اثنان وعشرون",
    ),
    "he": (
        "שני מיליונים",
        "שלושה אגמים",
        "מאות בתים",
        "חצי מיליון",
        "עשרים ימים",
        "שליש מהמים",
        "שתי שנים",
        "חמישית מהמים",
    ),
    "hi": (
        "दो लाख लोग",
        "तीन झीलें",
        "आधी आबादी",
        "सैकड़ों घर",
        "पाँच साल",
        "एक तिहाई पानी",
        "करोड़ों रुपये",
        "दोगुना हो गया",
        "तिरसठ लोग",
        "साढ़े तीन",
    ),
    "id": (
        "dua juta orang",
        "tiga danau",
        "setengah penduduk",
        "ratusan rumah",
        "sepertiga air",
        "lima belas hari",
        "dua kali lipat",
    ),
    "en": (
        "two billion",
        "half of it",
        "three quarters of them",
        "twice",
        "dozens",
        "thousands of homes",
        "twenty-one days",
        "a third of the water",
        "doubled",
    ),
    "ja": ("二十億ドル", "半分", "三割", "数百人", "二倍", "十一月"),
}
NOT_FOUND = {
    "de": (
        "ein See",
        "eine Studie",
        "außer Acht gelassen",
        "zum ersten Mal",
        "die zweite Frage",
        "jeder Dritte",
        "Zweifel",
        "unzweifelhaft",
        "einer von vielen",
    ),
    "fr": (
        "un lac",
        "une étude",
        "la deuxième fois",
        "pour cent",
        "un tiers a porté plainte",
        "un bâtiment neuf",
        "première",
        "le quartier",
    ),
    "es": ("un lago", "una encuesta", "por ciento", "segundo", "la primera vez", "los datos", "un cuarto de baño"),
    "pt-BR": ("um lago", "uma pesquisa", "por cento", "segundo", "primeira", "o quarto ano"),
    "it": ("un lago", "una ricerca", "per cento", "secondo", "tu sei qui", "la prima volta"),
    "nl": ("een meer", "in acht genomen", "tweede", "de eerste keer", "kwartier"),
    "sv": ("en sjö", "ett år", "andra gången", "första", "tredje"),
    "pl": ("jeden raz", "pierwszy", "drugi", "w połowie roku", "jezioro", "druga połowa roku"),
    "tr": ("bir göl", "ikinci", "masanın altı", "yüzde", "birinci", "onun"),
    "ko": ("한 호수", "이상의 값", "사람들이", "이만큼", "첫 번째", "사실은", "오전에"),
    "zh-Hans": ("第二次", "一个湖", "十分重要", "成为", "万一", "三星的产品"),
    "zh-Hant": ("第二次", "一個湖", "十分重要", "成為", "萬一", "三星的產品"),
    "ar": ("بحيرة واحدة", "النصف الأول", "الربع الثاني", "المرة الأولى", "أكثر من ذلك"),
    "he": ("אגם אחד", "המחצית הראשונה", "הפעם הראשונה", "הרבעון השני"),
    "hi": ("एक झील", "पहली बार", "दूसरा सवाल", "अरब देश", "साथ में"),
    "id": ("sebuah danau", "pertama kali", "kedua", "satu hal", "kesatuan"),
    "en": ("one lake", "a study", "second", "the first half", "one of many"),
    "ja": ("第二次", "二度と", "一つの湖"),
}


def pattern(code: str) -> AuthorPattern:
    return AuthorPattern(default_words(code)["lock.spelled"])


def test_every_language_has_sentences() -> None:
    assert FOUND.keys() == NOT_FOUND.keys() == set(default_languages())


@pytest.mark.parametrize("code", FOUND)
def test_numbers_in_words_are_found(code: str) -> None:
    assert [sentence for sentence in FOUND[code] if pattern(code).search(sentence) is None] == []


@pytest.mark.parametrize("code", NOT_FOUND)
def test_what_is_no_number_is_not_found(code: str) -> None:
    assert [sentence for sentence in NOT_FOUND[code] if pattern(code).search(sentence) is not None] == []


@pytest.mark.parametrize("code", FOUND)
def test_the_words_of_the_package_spell_no_number(code: str) -> None:
    """Save patterns of periods, which are numbers: "the first quarter of {0}"."""
    words = default_words(code).items()
    assert [key for key, text in words if not key.startswith(("lock.", "period.")) and pattern(code).search(text)] == []


@pytest.mark.parametrize("code", FOUND)
def test_a_long_text_takes_no_long_time(code: str) -> None:
    for sentence in (*FOUND[code], *NOT_FOUND[code]):
        pattern(code).finditer((sentence[:-1] + " ") * 400)
