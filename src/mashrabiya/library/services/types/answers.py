"""The words in which a service is described. They are stored, and written into files."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What it is for."""

    CRISIS = "crisis"
    SUICIDE = "suicide"
    LGBTQ = "lgbtq"
    LEGAL = "legal"
    DIGITAL = "digital"
    DV = "dv"
    CHILD = "child"
    SHELTER = "shelter"
    ASYLUM = "asylum"
    HEALTH = "health"
    TRAUMA = "trauma_rehab"
    DIRECTORY = "directory"


class Said(StrEnum):
    """An answer of three. The first is what stands where nobody asked."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


class Police(StrEnum):
    """Whether it calls the police without consent."""

    UNKNOWN = "unknown"
    YES = "yes"
    IMMINENT = "imminent_only"
    NO = "no"


class Stance(StrEnum):
    """How it stands to "conversion". What practises it is never listed."""

    UNKNOWN = "unknown"
    REJECTS = "rejects"
    PRACTISES = "practises"


class Basis(StrEnum):
    """On what it rests that it is affirming."""

    NONE = "none"
    OWN = "own_statement"
    PARTNER = "partner_confirmed"
    CALL = "tested_call"


class Way(StrEnum):
    """How it is reached."""

    PHONE = "phone"
    SMS = "sms"
    CHAT = "chat"
    APP = "app"
    EMAIL = "email"
    FORM = "form"
    PERSON = "in_person"


class Cost(StrEnum):
    """What reaching it costs."""

    UNKNOWN = "unknown"
    FREE = "free"
    LOCAL = "local"
    PAID = "paid"


class Risk(StrEnum):
    """Who sees it."""

    PUBLIC = "public"
    MEMBERS = "members"
    TRUSTED = "trusted"


class Status(StrEnum):
    """How it stands."""

    UNKNOWN = "unknown"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class Method(StrEnum):
    """How it was checked."""

    PAGE = "page_read"
    CALL = "call"
    MESSAGE = "message"
    PARTNER = "partner"


class Doubt(StrEnum):
    """What somebody says is wrong."""

    SILENT = "silent"
    DETAILS = "details"
    POLICE = "police"
    UNKIND = "unkind"
    OTHER = "other"


CHOICES: dict[str, type[StrEnum]] = {
    "risk": Risk,
    "abroad": Said,
    "affirming_basis": Basis,
    "anonymous": Said,
    "caller_id_seen": Said,
    "records_kept": Said,
    "shares_with_family": Said,
    "shares_with_police": Said,
    "shares_with_state": Said,
    "calls_police": Police,
    "minors_alone": Said,
    "informed_consent": Said,
    "conversion": Stance,
}
"""Fields of a record that take one of few answers, beside its kind."""
