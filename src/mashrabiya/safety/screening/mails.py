"""E-mail addresses: as they are, and with "at" and "dot" in words or brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mashrabiya.safety.screening.seen import Seen, one_of

_PROVIDERS = (
    "gmail|googlemail|hotmail|yahoo|ymail|outlook|live|msn|icloud|proton|protonmail|tutanota|tuta|gmx|yandex|aol|zoho|mail"
    "|جيميل|جميل|جي ميل|هوتميل|ياهو|اوتلوك|بروتون|بروتونميل|ايكلاود"
)
_TOP = "com|net|org|edu|gov|info|me|io|co|uk|fr|de|eu|us|ca|nl|se|ch|es|it|jo|lb|eg|sa|ae|ma|tn|dz|iq|sy|ps|tr|ir|app|dev|كوم|نت|اورغ|اورج|مي"
_AT = r"(?:\s{0,2}[\[({<]\s?(?:at|@|ات|عند)\s?[\])}>]\s{0,2}|\s{1,2}(?:at|ات|arroba|عند)\s{1,2}|\s{0,2}@\s{0,2})"
_DOT = r"(?:\s{0,2}[\[({<]\s?(?:dot|\.|دوت|نقطه)\s?[\])}>]\s{0,2}|\s{1,2}(?:dot|دوت|نقطه|point)\s{1,2}|\s?[.,]\s?)"
_NAME = r"(?<![@\w.+%-])(?:[\w+%-]++(?:\.[\w+%-]++|[.](?=\s?[@\[(])|(?:\s(?:dot|دوت|نقطه)\s)[\w+%-]++)*+)"

_PLAIN = re.compile(r"(?<![@\w.+%-])[\w.+%-]++@(?:[\w-]++\.)++[^\W\d_]{2,24}(?!\w)")
_TO_PROVIDER = re.compile(rf"{_NAME}{_AT}(?:{_PROVIDERS}){_DOT}(?:{_TOP})(?!\w)")
_TO_PROVIDER_ALONE = re.compile(
    rf"(?<![@\w.+%-])[\w.+%-]++(?:\s?@\s?|\s?[\[(]\s?at\s?[\])]\s?|\s(?:ات)\s)(?:{_PROVIDERS})(?!\w)"
)
_ANYWHERE = re.compile(
    rf"{_NAME}(?:\s{{0,2}}[\[({{<]\s?(?:at|@|ات)\s?[\])}}>]\s{{0,2}}|\s?@\s?)[\w-]{{2,40}}{_DOT}(?:{_TOP})(?!\w)"
    rf"|{_NAME}\s{{1,2}}(?:at|ات)\s{{1,2}}[\w-]{{2,40}}(?:\s(?:dot|دوت|نقطه)\s[\w-]{{2,40}})?\s(?:dot|دوت|نقطه)\s(?:{_TOP})(?!\w)"
)
_NAMED = re.compile(
    r"(?<!\w)(?:و|ب|ال)?(?:gmail|hotmail|e-?mail|email|icloud|جيميل|جيميلي|هوتميل|ايميل|ايميلي|الايميل|بريدي)\s?(?:[:=]|is|هو|-)\s?"
    r"(?P<name>[a-z][a-z0-9_-]*[.0-9_][a-z0-9._-]*[a-z0-9])(?![\w@])"
)
_BRACKETED = re.compile(r"[\[({<]\s?(?:at|ات)\s?[\])}>]")
_ATS = frozenset({"at", "ات", "arroba", "عند"})
_DOTS = frozenset({"dot", "دوت", "نقطه", "point", *_PROVIDERS.split("|"), "جي"})
_NAMES = one_of("gmail hotmail email mail icloud جيميل جيميلي هوتميل ايميل ايميلي الايميل بريدي وايميلي")
# "Look at gmail.com" names a site, not a person.
_NOT_NAMES = one_of(
    "look looking login log sign in me us it mail email account accounts them arrived meet available only not "
    "and or page here there site website support works work working is are was find people someone انا هو هي"
)


def mails(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand."""
    text = seen.rest
    at_sign = "@" in text
    at_word = seen.has(_ATS) and (seen.has(_DOTS) or bool(_BRACKETED.search(text)))
    if at_sign:
        yield from (found.span() for found in _PLAIN.finditer(text))
        yield from (found.span() for found in _TO_PROVIDER_ALONE.finditer(text))
    if at_sign or at_word:
        for form in (_TO_PROVIDER, _ANYWHERE):
            yield from (found.span() for found in form.finditer(text) if _is_name(found[0]))
    if seen.has(_NAMES):
        yield from (found.span("name") for found in _NAMED.finditer(text))


def _is_name(found: str) -> bool:
    return "@" in found or re.split(r"[\s\[({<]", found, maxsplit=1)[0] not in _NOT_NAMES
