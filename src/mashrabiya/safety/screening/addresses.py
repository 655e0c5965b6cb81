"""Postal addresses: where somebody lives, or can be met.

A street alone is none: people walk through streets, and say so. A street with a
number, a house with a floor, or a street after "I live" is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from mashrabiya.safety.screening.seen import Seen, one_of, prefixed

# So many streets, houses and floors are looked at in one text; a text made of them must not cost more.
_MOST = 120

# --- Arabic -------------------------------------------------------------------------------------
_STREETS = "شارع زنقه نهج جاده طلعه زقاق حاره حي ضاحيه مخيم كمبوند ميدان دوار درب"
_HOUSES = "بنايه عماره عماير برج مبني مجمع فيلا منزل بيت دار بلوك قطعه"
_INNER = "طابق دور شقه غرفه مدخل باب"
_SIGNS_OF_STARS = "الحمل الثور الجوزاء السرطان الاسد العذراء الميزان العقرب القوس الجدي الدلو الحوت"
_NO_NAME = (
    "في وفي من ومن الي علي وعلي عن كان كانت هو هي يا او لا ما لم ثم اللي التي الذي فوق ورا وراء جنب بجانب قرب مقابل خلف "
    "حد عند قدام تحت بين"
)
_FLOORS = "ارضي اول ثاني تاني ثالث تالت رابع خامس سادس سابع ثامن تاسع عاشر اخير"
_LIVING = (
    "ساكن ساكنه ساكنين اسكن بسكن نسكن بيتي بيتنا بيتو بيتها عنواني عنوانه عنوانها منزلي منزلنا دارنا داري شقتي مسكني مقيم "
    "مقيمه اقيم عايش عايشه كنسكن نقطن اقطن وساكن وساكنه وعنواني وبيتي"
)


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_STREET = _any(_STREETS)
_HOUSE = rf"(?!برج {_any(_SIGNS_OF_STARS)})(?:{_any(_HOUSES)}(?: رقم)?)"
_LINKED = r"(?:و|ب|ف|في |ع|خلف |جنب |مقابل |قرب )?(?:ال)?"
_NAME = rf"(?:\s(?!{_any(_NO_NAME)}\s)[\w\-/.]{{1,18}}){{1,4}}"
_SHORT_NAME = rf"(?:\s(?!(?:رقم|{_any(_NO_NAME)})\s)[\w/-]{{2,18}}){{1,3}}"
_END = r"(?!\w|[.,]\d)"
_NUMBER = rf"\s?(?:رقم|عدد)?\s?[:#]?\s?\d{{1,4}}[a-zا-ي]?{_END}"
_ORDINAL = rf"(?:{_NUMBER}|\s(?:ال)?{_any(_FLOORS)}(?!\w))"
_GAP = r"[\s,.-]{1,3}"

_AR_ANCHOR = re.compile(
    rf"(?<!\w)(?<!\d[.,:/])(?<!ساعه )(?<!بعد )(?<!كل )(?:(?!(?:19|20)\d\d\s)\d{{1,4}}[a-zا-ي]?\s?,?\s?(?=شارع|نهج|زنقه|جاده)|{_LINKED}(?:{_STREET}|{_any(_HOUSES)}|طابق|دور|ص|صندوق)(?!\w))"
)
_AR_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_LINKED}{_STREET}{_SHORT_NAME}[\s,-]{{1,3}}(?:رقم\s?|عدد\s?)?\d{{1,4}}{_END}",
        rf"{_LINKED}{_STREET}{_NUMBER}{_GAP}{_LINKED}{_HOUSE}(?:{_ORDINAL}|{_NAME})?",
        rf"{_LINKED}{_STREET}{_NAME}{_GAP}{_LINKED}(?:{_HOUSE}(?:\s[\w-]{{1,18}}){{1,2}}|{_any(_INNER)}{_ORDINAL})",
        rf"{_LINKED}{_HOUSE}{_NAME}{_GAP}{_LINKED}(?:{_any(_INNER)}{_ORDINAL}|{_STREET}{_NAME})",
        rf"{_LINKED}(?:{_HOUSE}|طابق|دور){_ORDINAL}{_GAP}{_LINKED}(?:(?:{_any(_INNER)}|{_HOUSE}){_ORDINAL}|{_STREET}{_NAME})",
        # The number first, as on an envelope; "at 5 the street is empty" is none.
        rf"\d{{1,4}}[a-zا-ي]?\s?,?\s?(?:ال)?(?:شارع|نهج|زنقه|جاده){_SHORT_NAME}",
        r"ص\.? ?ب\.?\s?:?\s?\d{2,7}(?!\w)|صندوق بريد\s?:?\s?\d{2,7}(?!\w)",
    )
)
_AR_LIVING = re.compile(
    rf"(?<!\w){_any(_LIVING)}[\s:]{{1,3}}(?:في|ب|بال|علي|ع|هو|جنب|قرب|مقابل|خلف|ورا|حد|عند)?\s?"
)
_AR_HOME = re.compile(rf"{_LINKED}(?:{_STREET}|{_HOUSE}){_NAME}")
_AR_WORDS = prefixed(f"{_STREETS} {_HOUSES} طابق دور ص صندوق")

# --- English ------------------------------------------------------------------------------------
_NO_NAME_EN = (
    "the a an on in of to at down up this that my our your his her their per one two way people car cars block blocks kids "
    "men women side cross crossing off into from every any each no and or is was are were minute minutes hour hours year years meter "
    "meters mile miles km time times more other different busy dirt small how many what which"
)
_KINDS = (
    "street st road rd avenue ave av lane ln drive dr boulevard blvd court ct crescent terrace close square sq gardens grove "
    "highway hwy parkway pkwy alley mews hill quay"
)
_UNITS = "apt apartment flat unit suite ste room rm floor fl building bldg bld block villa door"
_FRENCH = "rue avenue boulevard bd impasse allée chemin quai"
_KIND, _UNIT = _any(_KINDS), _any(_UNITS)
_EN_WORDS = one_of(f"{_KINDS} {_UNITS} {_FRENCH} box")
_WORD = r"[a-z][\w'.-]{1,18}"
_NAME_EN = rf"(?:(?!{_any(_NO_NAME_EN)}\s){_WORD}\s){{1,3}}"
_TH = r"\d{1,3}(?:st|nd|rd|th)"
_LIVING_EN = (
    "(?:(?:i|we|they) live|(?:he|she) lives|living|my (?:house|place|home|address)(?: is)?|address(?: is)?)"
)

_EN_ANCHOR = re.compile(
    rf"(?<![\w.,:/-])(?:\d{{1,5}}[a-z]?,?\s|{_UNIT}\.?\s?#?\d|p\.? ?o\.? ?box|{_LIVING_EN}\s?:?(?:\s(?:at|on|in))?\s)"
)
_EN_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?!(?:1[5-9]|20)\d\d,)\d{{1,5}}[a-z]?,?\s{_NAME_EN}{_KIND}(?![\w'])\.?",
        rf"\d{{1,5}}\s(?:[nsew]\.?\s)?{_TH}\s(?:street|st|avenue|ave|road)(?!\w)",
        r"p\.? ?o\.? ?box\s?:?#?\s?\d{1,7}(?!\w)",
        rf"{_UNIT}\.?\s?#?\d{{1,4}}[a-z]?[\s,]{{1,3}}(?:(?:on )?the\s)?(?:{_TH}\s)?{_UNIT}\.?\s?#?\d{{0,4}}[a-z]?(?!\w)",
        rf"{_UNIT}\.?\s?#?\d{{1,4}}[a-z]?[\s,]{{1,3}}(?:\d{{1,5}}[a-z]?\s)?{_NAME_EN}{_KIND}(?!\w)",
        # As in the Gulf: building, road, block.
        r"(?:building|bldg|villa|house|flat)\.?\s?#?\d{1,5}[\s,]{1,3}(?:(?:road|rd|street|st|way|zone|block)\.?\s?#?\d{1,5}[\s,]{0,3}){1,2}(?!\w)",
        r"(?:apt|apartment)\.?\s?#?\d{1,4}[a-z]?(?!\w)",
        rf"{_LIVING_EN}\s?:?(?:\s(?:at|on|in))?\s(?P<place>(?:\d{{1,5}}\s)?{_NAME_EN}{_KIND})(?!\w)",
        # As the French write it; Spain, Portugal, Italy, Turkey and the German lands put the number last.
        rf"\d{{1,4}},?\s(?:bis\s|ter\s)?{_any(_FRENCH)}\s(?:de\s|du\s|des\s|la\s|le\s|l'){{0,2}}[\w'-]{{3,20}}",
    )
)
_BY_NUMBER = re.compile(
    r"(?<!\w)(?:calle|via|rua|carrer|avenida|piazza)\s(?:de\s|del\s|da\s|la\s)?[\w'-]{3,20}(?:\s[\w'-]{3,20})?,?\s(?:n[.°]?\s?)?\d{1,4}(?!\w)"
    r"|(?<!\w)[^\W\d_]{2,20}\s(?:caddesi|cad\.|cd\.|sokak|sokağı|sok\.|sk\.|bulvarı|mahallesi|mah\.)[\s,]{1,3}(?:no\s?[:.]?\s?)?\d{1,4}"
    r"|(?<!\w)[^\W\d_]{2,20}(?:straße|strasse|str\.|gasse|allee|platz)\s?\d{1,4}[a-z]?(?!\w)"
)
_BY_NUMBER_WORDS = one_of(
    "calle via rua carrer avenida piazza caddesi cad cd sokak sokağı sok sk bulvarı mahallesi mah"
)
_BY_NUMBER_ENDINGS = ("straße", "strasse", "str.", "gasse", "allee", "platz")
_POSTCODE = re.compile(
    r"(?<!\w)(?:[a-z]{1,2}\d[a-z\d]?\s\d[abd-hjlnp-uw-z]{2}|[a-z]{2,20},?\s(?P<state>[a-z]{2})\s\d{5}(?:-\d{4})?)(?!\w)"
)
_STATES = one_of(
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh "
    "ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc"
)


def addresses(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where postal addresses stand."""
    text = seen.rest
    if seen.has(_AR_WORDS):
        yield from _at_anchors(_AR_ANCHOR.finditer(text), _AR_FORMS)
        for living in islice(_AR_LIVING.finditer(text), _MOST):
            home = _AR_HOME.match(text, living.end())
            if home:
                yield home.span()
    if seen.has(_EN_WORDS):
        yield from _at_anchors(_EN_ANCHOR.finditer(text), _EN_FORMS)
    if seen.has(_BY_NUMBER_WORDS) or any(ending in text for ending in _BY_NUMBER_ENDINGS):
        yield from (found.span() for found in seen.near_digits(_BY_NUMBER))
    for found in seen.near_digits(_POSTCODE):
        if not found["state"] or found["state"] in _STATES:
            yield found.span()


def _at_anchors(
    anchors: Iterator[re.Match[str]], forms: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[int, int]]:
    """The first form that fits at each anchor, unless an earlier one reaches over it."""
    reached = 0
    for anchor in islice(anchors, _MOST):
        if anchor.start() < reached:
            continue
        found = next(filter(None, (form.match(anchor.string, anchor.start()) for form in forms)), None)
        if found:
            reached = found.end()
            yield found.span("place" if "place" in found.re.groupindex else 0)
