"""The second step of signing in: the code of an app, or a passkey beside it.

Whoever has none passes. One that is wrong, used up or asked for too often is
only wrong: nothing says which.
"""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.people.sealed import passkey, totp
from mashrabiya.people.sealed.passkey import Answer, Passkey, Place, Unfit
from mashrabiya.people.sealed.vault import Vault
from mashrabiya.platform.limits import Limits
from mashrabiya.platform.proof_of_work import spent
from mashrabiya.platform.web.site import Site

_NOBODYS = bytes(totp.SECRET)
NOBODY = b""
"""For whom a challenge is where nobody has said yet who she is."""


def wait(site: Site, account: bytes) -> int:
    """Seconds until this account may be asked again: 0 until it missed ten times."""
    return _limits(site).name_wait(_counter(account))


def is_proven(site: Site, account: bytes, held: Vault, typed: str) -> bool:
    """Whether the code is right and new; true where none is asked for."""
    step = totp.fitting_step(held.totp or _NOBODYS, typed, clock.now())
    if not held.totp:
        return True
    if not _may_try(site, account):
        return False
    if step is None or not spent.take(totp.used_tag(held.totp, step), totp.REMEMBERED):
        return _missed(site, account)
    return True


def as_for_nobody(site: Site, typed: str) -> None:
    """The work of ``is_proven`` where there is no account to ask about: what it counts, it counts for nobody."""
    totp.fitting_step(_NOBODYS, typed, clock.now())
    limits, counter = _limits(site), _counter(NOBODY)
    limits.name_wait(counter)
    limits.count_try(counter)
    limits.count_miss(counter)


def is_proven_by_key(site: Site, account: bytes, held: Vault, answer: Answer, *, place: Place) -> bool:
    """Whether one of her passkeys answered our challenge, here and for the first time."""
    if not _may_try(site, account):
        return False
    try:
        asked = passkey.challenge_of(answer)
        passkey.prove(place, answer, [Passkey.unpack(packed) for packed in held.pk])
    except Unfit:
        return _missed(site, account)
    return _is_new(site, account, asked) or _missed(site, account)


def challenge(site: Site, account: bytes) -> str:
    """What a passkey is to sign."""
    return passkey.challenge(site.keys.of("sess"), account, clock.now())


def is_asked(site: Site, answer: Answer) -> bool:
    """Whether this answers a challenge of the sign-in page, for the first time."""
    try:
        return _is_new(site, NOBODY, passkey.challenge_of(answer))
    except Unfit:
        return False


def takes(site: Site, account: bytes, place: Place, answer: Answer, *, verified: bool = False) -> Passkey:
    """A passkey just made for this account, or Unfit. ``verified``: by a finger, a face or a number."""
    made = passkey.made(place, answer, verified=verified)
    if not _is_new(site, account, passkey.challenge_of(answer)):
        raise Unfit
    return made


def _is_new(site: Site, account: bytes, asked: str) -> bool:
    if not passkey.is_fresh(site.keys.of("sess"), account, asked, clock.now()):
        return False
    return spent.take(passkey.from_text(asked)[:16], passkey.CHALLENGE_LIFE)


def _may_try(site: Site, account: bytes) -> bool:
    limits, counter = _limits(site), _counter(account)
    if limits.name_wait(counter):
        return False
    limits.count_try(counter)
    return True


def _missed(site: Site, account: bytes) -> bool:
    _limits(site).count_miss(_counter(account))
    return False


def _limits(site: Site) -> Limits:
    found: Limits = site.rooms["limits"]
    return found


def _counter(account: bytes) -> bytes:
    # No sign-in name begins like this: its own counter, in memory under a key of the day as all are.
    return b"\0second" + account
