"""To which country a territory belongs, as the standard of codes lists them. Nothing of its law is taken over from there.

Places whose belonging is itself in dispute, as between states or peoples, stand in no such list here.
"""

from __future__ import annotations

_TERRITORIES = {
    "AU": "CC CX HM NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM GG GI IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
_PARENTS = {code: parent for parent, codes in _TERRITORIES.items() for code in codes.split()}


def parent_of(code: str) -> str:
    """The country that a territory belongs to; nothing for what is none."""
    return _PARENTS.get(code, "")


def territories_of(code: str) -> tuple[str, ...]:
    """The territories that belong to a country."""
    return tuple(_TERRITORIES.get(code, "").split())
