"""What comes in by HTML at the hosts' desk: one reader per step, from a form to settings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from pyrage import RecipientError, x25519

from mashrabiya.kernel.errors import Invalid
from mashrabiya.platform.house import HouseSettings
from mashrabiya.platform.keys import ServerKeys, fingerprint
from mashrabiya.platform.languages import LANGUAGES
from mashrabiya.platform.sites import MOST_SITES, NotASite, site_of
from mashrabiya.platform.web import Form
from mashrabiya.stewardship.queries import default_agreements
from mashrabiya.stewardship.types import GUESS_MEMORY, INVITATION_DAYS, MOST_INVITATIONS, Invitations, Step

NAME_LIMIT = 40
LINE_LIMIT = 300
TEXT_LIMIT = 6000
RETENTIONS = (30, 90, 180, 365)
ENTRIES = ("open", "question", "invitation", "closed")
SECRET_HALF = "AGE-SECRET-KEY-"
_FINGERPRINT = 16
_KEY_LETTERS = 64
_MOST_ANSWERS = 30
_MOST_RECIPIENTS = 3


def read_step(step: Step, form: Form) -> dict[str, Any]:
    """The settings a step decides, or Invalid. Some steps decide none."""
    reader = _READERS.get(step)
    return reader(form) if reader else {}


def shown_step(step: Step, house: HouseSettings) -> dict[str, Any]:
    """What stands, in the shape of the step's form."""
    shower = _SHOWERS.get(step)
    return shower(house) if shower else {}


def read_invitations(form: Form) -> Invitations:
    """How many, for how long, for whom. Another number than may be is refused: every link is a key to the house."""
    count = form.number("count", usual=0, least=0, most=MOST_INVITATIONS + 1)
    if not 0 < count <= MOST_INVITATIONS:
        raise Invalid({"count": "house.invite_count_wrong"})
    days = form.choice("days", [str(days) for days in INVITATION_DAYS], str(INVITATION_DAYS[0]))
    return Invitations(
        count=count,
        days=int(days),
        for_care=form.text("for") == "care",
    )


def read_members_invite(form: Form) -> tuple[bool, bool]:
    """Whether members may invite, and whether what they gave out is withdrawn; Invalid where neither was chosen."""
    chosen = form.choice("members", ("on", "off"))
    if not chosen:
        raise Invalid({"members": "house.members_missing"})
    return chosen == "on", form.choice("given", ("stay", "end"), "stay") == "end"


def read_memory(form: Form) -> int:
    """How much memory a guess shall cost, in MiB; Invalid unless what follows from it was ticked."""
    chosen = form.choice("cost", [str(memory) for memory in GUESS_MEMORY])
    if not chosen:
        raise Invalid({"cost": "house.cost_unknown"})
    if not form.flag("slower"):
        raise Invalid({"slower": "house.cost_tick_missing"})
    return int(chosen)


def read_sites(form: Form) -> tuple[str, ...]:
    """The names by which the house is reached, each once, as browsers send them."""
    lines = form.lines("sites")
    if len(lines) > MOST_SITES:
        raise Invalid({"sites": "house.sites_many"})
    try:
        return tuple(dict.fromkeys(site_of(line) for line in lines))
    except NotASite as wrong:
        raise Invalid({"sites": f"house.sites_{wrong}"}) from wrong


def unfit_site(form: Form) -> str:
    """The first line that is no name of a house, to be shown beside what was typed; empty where all are."""
    return next((line[:LINE_LIMIT] for line in form.lines("sites") if not _is_site(line)), "")


def _is_site(line: str) -> bool:
    try:
        return bool(site_of(line))
    except NotASite:
        return False


def read_fingerprint(form: Form, keys: ServerKeys) -> None:
    """Invalid unless it is that of our key: the whole SHA-256 or its beginning."""
    typed = "".join(form.text("fingerprint").lower().split())
    if len(typed) >= _FINGERPRINT and typed[:_FINGERPRINT] == keys.fingerprint():
        return
    raise Invalid({"fingerprint": "house.key_itself" if _is_key(typed, keys) else "house.key_wrong"})


def _is_key(typed: str, keys: ServerKeys) -> bool:
    try:
        return len(typed) == _KEY_LETTERS and fingerprint(bytes.fromhex(typed)) == keys.fingerprint()
    except ValueError:
        return False


def typed_again(form: Form) -> dict[str, Any]:
    """What was typed, for the form that comes back. What may be a secret does not come back."""
    typed: dict[str, Any] = {**form.typed, "fingerprint": ""}
    typed |= {f"speaks_{code}": code in form.all("languages") for code in LANGUAGES}
    if SECRET_HALF in form.text("recipients").upper():
        typed["recipients"] = ""
    return typed


def _name(form: Form) -> dict[str, Any]:
    languages = tuple(code for code in LANGUAGES if code in form.all("languages"))
    names = {code: unicodedata.normalize("NFKC", form.text(f"name_{code}")) for code in LANGUAGES}
    wrong = {f"name_{code}": "house.name_missing" for code in languages if not names[code]}
    wrong |= {f"name_{code}": "community.too_long" for code in names if len(names[code]) > NAME_LIMIT}
    wrong |= {f"name_{code}": "community.bad_signs" for code in names if not _is_plain(names[code])}
    if not languages:
        wrong["languages"] = "house.languages_missing"
    _refuse(wrong)
    return {"name": {code: name for code, name in names.items() if name}, "languages": languages}


def _show_name(house: HouseSettings) -> dict[str, Any]:
    return {f"name_{code}": house.name.get(code, "") for code in LANGUAGES} | {
        f"speaks_{code}": code in house.languages for code in LANGUAGES
    }


def _entry(form: Form) -> dict[str, Any]:
    entry = form.choice("entry", ENTRIES, "invitation")
    question = {code: form.text(f"question_{code}") for code in LANGUAGES}
    answers = tuple(form.lines("answers"))[:_MOST_ANSWERS]
    wrong = {}
    if entry == "question" and not any(question.values()):
        wrong["question_ar"] = "house.question_missing"
    if entry == "question" and not answers:
        wrong["answers"] = "house.answers_missing"
    if not form.flag("adults_only") and not form.flag("young"):
        wrong["young"] = "house.young_missing"
    for code, text in question.items():
        if len(text) > LINE_LIMIT:
            wrong[f"question_{code}"] = "community.too_long"
    _refuse(wrong)
    return {
        "entry": entry,
        "question": {code: text for code, text in question.items() if text},
        "answers": answers,
        "adults_only": form.flag("adults_only"),
    }


def _show_entry(house: HouseSettings) -> dict[str, Any]:
    return {f"question_{code}": house.question.get(code, "") for code in LANGUAGES} | {
        "entry": house.entry,
        "answers": "\n".join(house.answers),
        "adults_only": house.adults_only,
        "young": not house.adults_only,
    }


def _agreements(form: Form) -> dict[str, Any]:
    texts = {code: "\n".join(form.lines(f"agreements_{code}")) for code in LANGUAGES}
    wrong = {
        f"agreements_{code}": "community.too_long" for code, text in texts.items() if len(text) > TEXT_LIMIT
    }
    if not any(texts.values()):
        wrong["agreements_ar"] = "house.agreements_missing"
    _refuse(wrong)
    return {"agreements": {code: text for code, text in texts.items() if text}}


def _show_agreements(house: HouseSettings) -> dict[str, Any]:
    """The house's own, or before that a text to begin from."""
    return {
        f"agreements_{code}": house.agreements.get(code) or default_agreements(code) for code in LANGUAGES
    }


def _retention(form: Form) -> dict[str, Any]:
    offered = [str(days) for days in RETENTIONS]
    return {"retention_days": int(form.choice("retention_days", offered, offered[-1]))}


def _exit(form: Form) -> dict[str, Any]:
    addresses = {code: form.text(f"exit_{code}") for code in LANGUAGES}
    wrong = {f"exit_{code}": "house.exit_wrong" for code, text in addresses.items() if not _is_exit(text)}
    _refuse(wrong)
    return {"exit_address": addresses}


def _is_exit(text: str) -> bool:
    """An ordinary https address: a name with a dot, nothing hidden in it."""
    try:
        address = urlsplit(text)
        named = address.hostname or ""
        port = address.port
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and " " not in text and len(text) <= LINE_LIMIT
    hides = address.username is not None or address.password is not None or port is not None
    return plain and address.scheme == "https" and "." in named.strip(".") and not hides


def _backup(form: Form) -> dict[str, Any]:
    recipients = tuple(form.lines("recipients"))
    if not recipients or len(recipients) > _MOST_RECIPIENTS:
        raise Invalid({"recipients": "house.recipients_missing"})
    if any(SECRET_HALF in recipient.upper() for recipient in recipients):
        raise Invalid({"recipients": "house.recipients_secret"})
    if not all(_is_recipient(recipient) for recipient in recipients):
        raise Invalid({"recipients": "house.recipients_wrong"})
    return {"recipients": recipients}


def _is_recipient(text: str) -> bool:
    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def _is_plain(text: str) -> bool:
    return not any(
        unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} and sign != "\u200c" for sign in text
    )


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise Invalid(wrong)


_READERS: dict[Step, Callable[[Form], dict[str, Any]]] = {
    Step.NAME: _name,
    Step.ENTRY: _entry,
    Step.AGREEMENTS: _agreements,
    Step.RETENTION: _retention,
    Step.EXIT: _exit,
    Step.BACKUP: _backup,
}
_SHOWERS: dict[Step, Callable[[HouseSettings], dict[str, Any]]] = {
    Step.NAME: _show_name,
    Step.ENTRY: _show_entry,
    Step.AGREEMENTS: _show_agreements,
    Step.RETENTION: lambda house: {"retention_days": str(house.retention_days)},
    Step.EXIT: lambda house: {f"exit_{code}": house.exit_in(code) for code in LANGUAGES},
    Step.BACKUP: lambda house: {"recipients": "\n".join(house.recipients)},
}
