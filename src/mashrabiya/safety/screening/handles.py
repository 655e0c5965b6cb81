"""Accounts on other sites: links to them, @names, and names after the word for a site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mashrabiya.safety.screening.seen import Seen, one_of, prefixed

_LINK = re.compile(
    r"(?<![\w@])(?:https?://)?(?:www\.|m\.|mobile\.|web\.|l\.)?(?:"
    r"(?:t|telegram|wa|fb|m|line|signal|viber|kik|ig|snapchat|instagr\.am|ask|about)\.(?:me|dog|fm|com/add)/"
    r"|(?:instagram|facebook|tiktok|twitter|x|snapchat|threads|pinterest|soundcloud|onlyfans|curiouscat|ngl|grindr|tellonym|sarahah|vk|twitch|patreon|ko-fi|paypal|venmo|skype)"
    r"\.(?:com|net|tv|link|live|me|qa)/(?:add/|u/|@)?"
    r"|(?:discord\.(?:gg|com/users)|discordapp\.com/users|linkedin\.com/in|reddit\.com/u(?:ser)?|youtube\.com/(?:c/|user/|channel/|@)|linktr\.ee|bsky\.app/profile|api\.whatsapp\.com/send|chat\.whatsapp\.com|steamcommunity\.com/id|ask\.fm)/?"
    r")(?P<name>[\w@+?=.%#&-]{2,80})"
)
_NOT_ACCOUNTS = one_of(
    "p reel reels explore watch hashtag search groups group events event share sharer sharer.php intent home "
    "help about legal policies policy privacy tos terms settings login signup i marketplace stories tag tags "
    "discover business developers blog press jobs download downloads directory pages safety rules.php com www "
    "r status"
)
_LINK_WORDS = one_of(
    "me telegram instagram instagr facebook fb tiktok twitter x snapchat threads pinterest soundcloud "
    "onlyfans curiouscat ngl grindr tellonym sarahah vk twitch patreon ko paypal venmo skype discord "
    "discordapp linkedin reddit youtube linktr bsky whatsapp steamcommunity ask fm dog"
)
_AT_NAME = re.compile(
    r"(?<![\w@/.+-])@(?P<gap> ?)(?P<name>[a-z0-9_][a-z0-9_.]{1,29}[a-z0-9_])(?![\w@]|\.[a-z]{2}|\()"
)
_NOT_NAMES = one_of(
    "everyone here all channel home work media property override param return returns import charset "
    "keyframes supports dataclass contextmanager staticmethod classmethod deprecated test nullable autowired component noon "
    "night midnight gmail"
)
_REDDIT = re.compile(r"(?<![\w/])/?u/(?P<name>[a-z0-9_-]{3,20})(?![\w/])")
_TAGGED = re.compile(r"(?<![\w.#])[\w.]{2,32}#\d{4}(?!\w)")
_FEDIVERSE = re.compile(r"(?<![\w@])@[\w.]{1,30}@(?:[a-z0-9-]++\.)++[a-z]{2,12}(?!\w)")

_SITES_EN = (
    "insta|instagram|ig|snap|snapchat|sc|tiktok|telegram|tele|twitter|facebook|fb|discord|kik|grindr|hornet|tinder|signal|skype"
    "|threads|linkedin|tumblr|bluesky|mastodon|wechat|viber|imo|steam|psn|gamertag|xbox|messenger|twitch|youtube|reddit|line id|line"
)
_SITES_AR = (
    "انستا|انستغرام|انستقرام|انستجرام|انستكرام|سناب|سناب شات|سنابشات|سنابي|سنابها|سنابه|سنابو|سنابك|انستاي|تيك توك|تيكتوك|تلغرام|تليغرام|تيليغرام|تلجرام|تليجرام|تيليجرام|تلكرام|تلي"
    "|تويتر|فيس|فيسبوك|فيس بوك|ديسكورد|دسكورد|سيجنال|سكايب|فايبر|ماسنجر|مسنجر|ايمو|لينكد ان|لينكدان|بلوسكاي|غرايندر|جرايندر|يوتيوب"
)
_GLUE = (
    r"(?:\s{0,2}(?:[:=>-]|->|is|it's|its|under|as|name|username|user|handle|account|acc|id|me|@|هو|هي|اسمي|اسمه|باسم|حسابي|حساب|تبعي|تبعتي|حقي|حقتي|بتاعي|بتاعتي|ديالي|يوزري|يوزر|اليوزر|يوزرنيم|معرفي|المعرف"
    r"|my|هوي|على|ع|عندي|الي)(?=[\s:=@>-]|(?<=[:=>@-])))"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:my )?(?P<site>{_SITES_EN}|(?:و|ب|ال|ع|عال|بال|وال|لل)?(?:{_SITES_AR}))(?!\w)(?P<glue>{_GLUE}{{0,4}})\s{{0,2}}"
    r"[\"'(@]{0,2}(?P<name>[a-z0-9_](?:[a-z0-9_.-]{1,28})[a-z0-9_])(?![\w@]|\.[a-z]{2,})"
)
_OWN_NAME = re.compile(
    r"(?<!\w)(?:و|ب)?(?:يوزري|يوزر نيم|اليوزر|يوزري هو|معرفي|حسابي|اكاونتي|username|my user(?:name)?|my handle|my @)(?:\s(?:السناب|سناب|الانستا|انستا|التلغرام|تويتر|هناك|هنا))?\s{0,2}(?:[:=]|is|هو)?\s{0,2}"
    r"(?P<name>@?[a-z0-9_](?:[a-z0-9_.]{1,28})[a-z0-9_])(?![\w@])"
)
# Names of sites that are words as well: after them only what looks like a name is one.
_ALSO_WORDS = one_of("signal threads line steam messenger sc")
_NOTHING_MORE = re.compile(
    r"[\"')]*\s*(?:$|[\n,.;!?)/|&+-]|[^\x00-\x7f]|(?:and|or|if|on|dm|add|snap|ig|insta|tiktok)(?!\w))"
)
# "I'm noor.reads on insta": the name stands first.
_NAMED_AFTER = re.compile(
    rf"(?<![\w@])(?P<name>[a-z0-9_](?:[a-z0-9_.]{{1,28}})[a-z0-9_])\s(?:on|in|ع|على|عال|علي|في|ب)\s?(?:my\s)?(?:{_SITES_EN}|(?:ال)?(?:{_SITES_AR}))(?!\w)"
)
_NAME_WORDS = one_of(
    "يوزري ويوزري بيوزري يوزر اليوزر معرفي ومعرفي حسابي وحسابي بحسابي اكاونتي username user handle"
)
_SITE_WORDS = one_of(_SITES_EN.replace("|", " ")) | prefixed(_SITES_AR.replace("|", " "))
_HANDLE_LIKE = re.compile(r"[a-z].*[._\d]|[._\d].*[a-z]")
_COMMON = one_of(
    "the and for with because but not from that this they there than then when what who why how are was were "
    "has have had about all also app apps any account accounts been being bot bots business can chat chats "
    "channel channels code com day deleted desktop did does down else ever everyone fake feed feels for "
    "friend friends full gone good group groups hacked help here how influencers instagram insta into just "
    "know lite live lives log login marketplace message messages messenger mode more most much my name new "
    "news now off official old only on one open or our out page pages people photo photos pics post posts "
    "premium private profile profiles pro public really reel reels request requests right same says since so "
    "some something spam still stories story stuff support terrible text that's their them these those thread "
    "threads tiktok time today too toxic twitter under until update users very video videos was way web well "
    "were will without work works you your facebook telegram snapchat snap discord youtube whatsapp signal "
    "reddit is it its in at by be if me we us he she his her algorithm app's boring dead empty gives makes "
    "made makes made feel like likes liked ok okay no yes maybe user username shows showed show blocked "
    "banned locked exists anymore yesterday tomorrow always never often between before after"
)


def links_to_accounts(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where addresses of accounts stand. An address of a post, a tag or a help page is none."""
    if "/" not in seen.rest or not seen.has(_LINK_WORDS):
        return
    for found in _LINK.finditer(seen.rest):
        if found["name"].rstrip(".?") not in _NOT_ACCOUNTS:
            yield found.span()


def handles(seen: Seen) -> Iterator[tuple[int, int]]:
    """Where names of accounts stand."""
    text = seen.rest
    if "@" in text:
        yield from (found.span() for found in _FEDIVERSE.finditer(text))
        for found in _AT_NAME.finditer(text):
            if _is_at_name(found):
                yield found.span()
    if "#" in text:
        yield from (found.span() for found in _TAGGED.finditer(text) if not found[0].split("#")[0].isdigit())
    if "u/" in text:
        yield from (found.span() for found in _REDDIT.finditer(text))
    if seen.has(_SITE_WORDS):
        yield from (found.span("name") for found in _NAMED.finditer(text) if _is_account(found))
        yield from (
            found.span("name") for found in _NAMED_AFTER.finditer(text) if _looks_like_name(found["name"])
        )
    if seen.has(_NAME_WORDS):
        for found in _OWN_NAME.finditer(text):
            if _is_own_name(found):
                yield found.span("name")


def _is_account(found: re.Match[str]) -> bool:
    """A name with a digit, dot or stroke in it; any word where the sentence says that it is one."""
    name, site = found["name"].strip("."), found["site"]
    if name in _COMMON or name.isdigit():
        return False
    if _HANDLE_LIKE.search(name):
        return True
    if not site.isascii():
        return True
    return len(name) >= 4 and site not in _ALSO_WORDS and _is_said(found)


def _is_said(found: re.Match[str]) -> bool:
    """ "my insta is sarak", "insta: sarak", and not "instagram: popular with my cousins"."""
    glue = found["glue"]
    if found[0].startswith("my ") and " is" in glue:
        return True
    said = any(mark in glue for mark in ":=@") or any(word in glue for word in ("name", "under", "as"))
    return said and bool(_NOTHING_MORE.match(found.string, found.end()))


def _looks_like_name(name: str) -> bool:
    return bool(_HANDLE_LIKE.search(name)) and "www." not in name and ".com" not in name


def _is_at_name(found: re.Match[str]) -> bool:
    name = found["name"]
    if name in _NOT_NAMES or name[0].isdigit():
        return False
    return not found["gap"] or bool(_HANDLE_LIKE.search(name))


def _is_own_name(found: re.Match[str]) -> bool:
    """After "my name there is": any Latin word in an Arabic sentence, in an English one only what looks like it."""
    name = found["name"]
    if name in _COMMON or name.isdigit():
        return False
    said = not found[0][:1].isascii() or ":" in found[0] or "=" in found[0]
    return said or bool(_HANDLE_LIKE.search(name))
