"""Freezing everything by a code, and coming back with passphrase and paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from struct import Struct

import msgspec

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.people.commands import accounts, freezing, sessions
from mashrabiya.people.commands.marks import Marks
from mashrabiya.people.flows import lone
from mashrabiya.people.flows.entering import Unlocked, costs, open_behind
from mashrabiya.people.flows.leaving import post_nothing_more
from mashrabiya.people.queries.accounts import find_account_by_id
from mashrabiya.people.sealed.codes import RecoveryKey
from mashrabiya.people.sealed.freeze import KINDS, ROW, FreezeKey, How, Order, hint, looks_like_code, meant
from mashrabiya.people.sealed.vault import FreezeCode
from mashrabiya.platform import due
from mashrabiya.platform.crypto import Unopenable, return_hash
from mashrabiya.platform.db import Write
from mashrabiya.platform.turns import Turns
from mashrabiya.platform.web.site import Site

AWAY = "people.away"
DAYS, SHORTEST, LONGEST = 3, 1, 30
# As long as the last persona may take to go, so that none goes after its person has come back.
SHORTEST_SLOWLY = 4
WITHIN = (0, 72 * clock.HOUR)
MOST = 6
WRONG = "freeze.back_wrong"
_LEAVING = Struct(">16sBI")
_NO_ORDER = bytes(ROW)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a new code looks, whose it is, and what it will do."""

    kind: str = "letters"
    trusted: bool = False
    days: int = DAYS
    how: How = How.PLAIN
    first: int = 0
    language: str = "ar"

    @property
    def lasts(self) -> int:
        """The days as they will be kept."""
        least = SHORTEST_SLOWLY if self.how & How.SLOWLY else SHORTEST
        return min(max(self.days, least), LONGEST)


def check_paper(site: Site, who: Unlocked, typed: str) -> None:
    """Invalid unless this is one of her recovery codes. It is not used up: without paper there is no way back."""
    key = RecoveryKey.of(site.keys.of("rec"), typed)
    with site.database.read() as db:
        blob = accounts.find_code(db, key.tag)
    if blob is None or key.tag not in who.vault.rec or not _is_hers(key, blob, who.row.id):
        raise Invalid({"code": "freeze.no_paper"})


def _is_hers(key: RecoveryKey, blob: bytes, account: bytes) -> bool:
    try:
        return key.open(blob)[0] == account
    except Unopenable:
        return False


def live_codes(site: Site, who: Unlocked) -> tuple[FreezeCode, ...]:
    """Her codes that freeze: those taken back are no longer among them."""
    with site.database.read() as db:
        return tuple(code for code in who.vault.panic if freezing.find_code(db, code.tag) is not None)


def add_code(site: Site, who: Unlocked, wish: Wish) -> str:
    """A new freeze code, shown once; those there are stay good."""
    live = live_codes(site, who)
    if len(live) >= MOST:
        raise Invalid({"whose": "freeze.too_many"})
    return _make(site, who, wish, keep=live)


def _make(site: Site, who: Unlocked, wish: Wish, *, keep: tuple[FreezeCode, ...]) -> str:
    code = KINDS[wish.kind](wish.language)
    key = FreezeKey.of(site.keys.of("panic"), code, costs(site.house)[0])
    order = Order.of(who.row.id, who.vault.work, days=wish.lasts, how=wish.how, first=wish.first)
    noted = (*keep, FreezeCode(key.tag, wish.trusted, hint(code)))
    with site.database.write() as uow:
        accounts.alter_vault(uow, who.row.id, who.vault_key, panic=noted)
    with site.database.write() as uow:
        freezing.keep_code(uow, key.tag, key.seal(order))
    return code


def drop_code(site: Site, tag: bytes) -> bool:
    """This code freezes nothing any more; her others stay good."""
    with site.database.write() as uow:
        return freezing.drop_code(uow, tag)


def freeze(site: Site, code: str) -> None:
    """Everything ends, if the code is right. If it is not, as much is done to nobody."""
    carry_out(site, _order(site, code))


def freeze_in_turn(site: Site, code: str, network: bytes | None, *, worked: bool) -> bool:
    """As ``freeze``, in line behind whoever came before; whether it is done already.

    What has not the form of a code stands in no line, and is answered as if it had.
    """
    if not looks_like_code(code):
        return True
    line: Turns = site.rooms.setdefault("freezing", Turns(partial(freeze, site)))
    return line.take(meant(code), network, worked=worked)


def _order(site: Site, code: str) -> Order:
    found = Order.of_nobody(DAYS)
    for cost in costs(site.house):
        key = FreezeKey.of(site.keys.of("panic"), code, cost)
        with site.database.read() as db:
            blob = freezing.find_code(db, key.tag)
        try:
            found = key.open(blob or _NO_ORDER)
        except Unopenable:
            continue
    return found


def carry_out(site: Site, order: Order) -> None:
    """First the door is shut, then every session ends, then each persona goes, in a write of its own."""
    with site.database.write() as uow:
        freezing.freeze_account(uow, order.account, order.days)
    marks: Marks = site.rooms["marks"]
    marks.drop_of(order.group_key)
    site.rooms["pushes"].end(order.personas)
    with site.database.write() as uow:
        sessions.end_groups(uow, order.group_key)
    slowly, first = order.how & How.SLOWLY, order.personas[order.first]
    for pid in freezing.shuffled(order.personas):
        post_nothing_more(site, pid, gone=False)
        with site.database.write() as uow:
            if slowly and pid != first:
                later = _LEAVING.pack(pid, order.how & How.QUIET, clock.day() + order.days)
                due.add(uow, site.keys.of("field"), AWAY, later, within=WITHIN)
            else:
                freezing.send_away(uow, pid, quiet=bool(order.how & How.QUIET))


def leave_later(uow: Write, packed: bytes) -> None:
    """One persona at its own hour; too late, it stays, since its person may be back."""
    pid, quiet, until = _LEAVING.unpack(packed)
    if clock.day() < until:
        freezing.send_away(uow, pid, quiet=bool(quiet))


def come_back(site: Site, name: str, passphrase: str, code: str) -> tuple[Unlocked, str]:
    """The account as it was, and its new freeze code: all earlier ones freeze nothing any more.

    It takes the passphrase and a recovery code together, on the day or after. Whatever is not right,
    the answer and the work are the same, and the recovery code stays good.
    """
    opened, _ = open_behind(site, name, passphrase, slow=return_hash)
    found = next((one for one in opened if one is not None), None)
    key = RecoveryKey.of(site.keys.of("rec"), code)
    with site.database.write() as uow:
        blob = accounts.take_code(uow, key.tag)
        row = find_account_by_id(uow, found.row.id if found else bytes(16))
        if found is None or row is None or not _is_hers(key, blob, row.id) or not _is_over(row.lock_day):
            raise Refused(WRONG)
        freezing.thaw_account(uow, row.id)
    back = Unlocked(msgspec.structs.replace(row, lock_day=None), found.vault_key, found.vault)
    return back, _start_anew(site, back)


def _is_over(lock_day: int | None) -> bool:
    return lock_day is not None and lock_day <= clock.day()


def _start_anew(site: Site, who: Unlocked) -> str:
    for pid in freezing.shuffled(who.vault.work.persona_ids()):
        with site.database.write() as uow:
            freezing.call_back(uow, pid)
    for tag in freezing.shuffled([code.tag for code in who.vault.panic]):
        drop_code(site, tag)
    # Her devices may have been in other hands meanwhile.
    lone.take_away(site, who.row.id, who.vault_key)
    return _make(site, who, Wish(), keep=())
