"""Layouts: sizes that never tell, and seals that open in their place only."""

import pytest

from mashrabiya.kernel.keys import Work
from mashrabiya.people.sealed import codes, core, persona, tongue, vault
from mashrabiya.people.sealed.core import Cookie, Core, Mark
from mashrabiya.people.sealed.vault import Preferences, Vault
from mashrabiya.people.types import Band, Flags, Grant
from mashrabiya.platform.crypto import SAMPLE_COST, Unopenable

KEY, ACCOUNT, WORK = b"\x01" * 32, b"\x02" * 16, Work(b"\x03" * 32)


def a_core(**changes: object) -> Core:
    fields: dict[str, object] = {
        "work": WORK, "account": ACCOUNT, "slot": 3, "used": 4, "marks": Mark.OWN_DEVICE, "level": 1,
        "band": Band.ADULT, "expires": 500_000, "begun": 499_990, "siblings": WORK.persona_ids(),
        "preferences": b"ar|f|latn|||d|0", "grant": Grant.CARE, "branch": b"branch88",
    }  # fmt: skip
    return Core(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("rec", [(), tuple(bytes([n]) * 16 for n in range(16))])
def test_a_vault_has_one_size(rec: tuple[bytes, ...]) -> None:
    content = Vault(seed=b"\x04" * 32, wall=Band.ADULT, rec=rec, duress="x" * 16 if rec else "")
    sealed = vault.seal_vault(KEY, content, ACCOUNT)
    assert len(sealed) == vault.VAULT_SIZE == 3102
    assert vault.open_vault(KEY, sealed, ACCOUNT) == content


def test_a_vault_opens_in_its_row_only() -> None:
    sealed = vault.seal_vault(KEY, Vault(seed=bytes(32)), ACCOUNT)
    with pytest.raises(Unopenable):
        vault.open_vault(KEY, sealed, bytes(16))
    with pytest.raises(Unopenable):
        vault.open_vault(bytes(32), sealed, ACCOUNT)


def test_the_other_rows_have_the_sizes_of_the_design() -> None:
    assert len(vault.wrap(KEY, KEY, ACCOUNT)) == 60
    assert len(vault.seal_preferences(WORK, Preferences(), ACCOUNT)) == 540
    assert len(codes.RecoveryKey.of(KEY, "x" * 20).seal(ACCOUNT, KEY)) == codes.RECOVERY_SIZE == 76
    assert len(core.pack(a_core())) == 992
    assert len(Cookie.new(KEY).seal(a_core())) == core.ROW == 1020
    assert len(persona.seal_flags(KEY, Flags(), ACCOUNT)) == persona.FLAGS_SIZE
    assert len(persona.seal_private(WORK, 0, b"", ACCOUNT)) == persona.PRIVATE_SIZE
    assert len(persona.seal_private(WORK, 0, bytes(4094), ACCOUNT)) == persona.PRIVATE_SIZE
    assert len(persona.seal_private(WORK, 0, bytes(4095), ACCOUNT)) == persona.PRIVATE_SIZE + 4096


def test_two_seals_of_the_same_are_never_the_same() -> None:
    content = Vault(seed=bytes(32))
    assert vault.seal_vault(KEY, content, ACCOUNT) != vault.seal_vault(KEY, content, ACCOUNT)


def test_a_session_comes_back_as_it_was() -> None:
    cookie = Cookie.new(KEY)
    again = Cookie.read(KEY, cookie.text)
    assert again == cookie
    assert len(cookie.text) == 43
    assert cookie.open(cookie.seal(a_core())) == a_core()


def test_a_session_opens_with_its_cookie_and_in_its_row_only() -> None:
    cookie, other = Cookie.new(KEY), Cookie.new(KEY)
    for stranger in (other, Cookie(cookie.text, other.sid, cookie.key), Cookie("", cookie.sid, other.key)):
        with pytest.raises(Unopenable):
            stranger.open(cookie.seal(a_core()))


@pytest.mark.parametrize("text", ["", "a", "a" * 42, "a" * 44, "!" * 43, "é" * 43])
def test_what_is_no_cookie_is_none(text: str) -> None:
    assert Cookie.read(KEY, text) is None


def test_preferences_fit_into_a_session() -> None:
    full = Preferences(
        language="ckb",
        address="m",
        digits="latn",
        discreet=True,
        shift_exit=False,
        dark="d",
        lock_minutes=9999,
        notes_shown=0x3FF,
        notes_hidden=0xFFFF,
        settled=True,
        desk="117f2323",
        rest_until=499_999,
    )
    assert tongue.unpack(tongue.pack(full)) == full
    assert tongue.unpack(b"") == Preferences()
    assert len(tongue.pack(full)) <= 94
    assert tongue.unpack(b"ar|f|latn|||d|0|3|8|1") == Preferences(
        language="ar", address="f", digits="latn", dark="d", notes_shown=3, notes_hidden=8, settled=True
    )


def test_flags_come_back_and_are_bound_to_their_persona() -> None:
    flags = Flags(Band.MINOR, Grant.HOST | Grant.CARE, b"12345678")
    sealed = persona.seal_flags(KEY, flags, ACCOUNT)
    assert persona.open_flags(KEY, sealed, ACCOUNT) == flags
    assert flags.grant.roles == {"host", "care"}
    with pytest.raises(Unopenable):
        persona.open_flags(KEY, sealed, bytes(16))


@pytest.mark.parametrize(
    "typed",
    [
        "7ns53-8zg6v-hwnch-ygpcf",
        "7NS53 8ZG6V HWNCH YGPCF",
        "٧ns٥٣-٨zg٦v-hwnch-ygpcf",
        " 7ns538zg6vhwnchygpcf\n",
    ],
)
def test_a_code_is_read_however_it_is_written(typed: str) -> None:
    assert codes.read(typed) == "7ns538zg6vhwnchygpcf"


def test_letters_that_look_like_digits_are_those_digits() -> None:
    assert codes.read("OIL0") == "0110"


def test_codes_are_shown_in_four_groups_of_five() -> None:
    paper = codes.new_recovery_codes()
    assert len(set(paper)) == 8
    assert [len(part) for part in codes.shown(paper[0]).split("-")] == [5, 5, 5, 5]


def test_a_slip_knows_four_letters_of_one_code() -> None:
    paper = codes.new_recovery_codes()
    number, slip = codes.check_slip(KEY, paper)
    assert codes.slip_number(KEY, slip) == (number, paper[number - 1][-4:])
    assert not any(code.encode().hex() in slip for code in paper)
    with pytest.raises(Unopenable):
        codes.slip_number(bytes(32), slip)


def test_the_door_depends_on_name_passphrase_house_and_cost() -> None:
    door = vault.door(KEY, "Nour", "six odd words", SAMPLE_COST)
    assert vault.door(KEY, " nOUR", "six odd words", SAMPLE_COST) == door
    for other in (("nora", "six odd words"), ("nour", "six odd words ")):
        assert vault.door(KEY, *other, SAMPLE_COST).tag != door.tag
    assert vault.door(bytes(32), "nour", "six odd words", SAMPLE_COST).tag != door.tag
