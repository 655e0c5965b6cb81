"""What goes in and out of the JSON doors."""

import msgspec


class NewSession(msgspec.Struct, frozen=True):
    """What opens a session. ``code`` is of the app, where a second step is on."""

    sign_in_name: str
    passphrase: str
    code: str = ""


class SessionPersona(msgspec.Struct, frozen=True):
    """One of her own personas."""

    name: str
    address: str
    in_use: bool


class Session(msgspec.Struct, frozen=True):
    """A token, shown once, and whose it is."""

    token: str
    personas: list[SessionPersona]
