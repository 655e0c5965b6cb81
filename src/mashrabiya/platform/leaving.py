"""The leaving page: the only door through which a link of a post leads out of the house.

Only addresses that we sealed ourselves are shown, so that the page cannot be
used to send people from our name to anywhere.
"""

import hmac
from urllib.parse import quote

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.keys import mac
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.markdown import SealLink, outside_address, shown_host
from mashrabiya.platform.web import Access, Ask, Response, Routes, page

routes = Routes()


def sealer(keys: ServerKeys) -> SealLink:
    """What turns an outside address into a path of this house."""
    key = keys.of("away")
    return lambda address: f"/away?u={quote(address, safe='')}&m={_seal(key, address)}"


def _seal(key: bytes, address: str) -> str:
    return mac(key, b"link", address.encode())[:16].hex()


@routes.get("/away", access=Access.ANYONE)
def away(request: Ask) -> Response[bytes]:
    """Says where a link leads before anybody goes there."""
    address = request.query("u")
    made = _seal(request.keys.of("away"), address[:2000])
    if not hmac.compare_digest(made.encode(), request.query("m").encode()):
        raise NotFound
    if outside_address(address) != address:
        raise NotFound
    host, readable = shown_host(address)
    return page(
        request,
        "platform/leaving.html",
        address=address,
        host=host,
        readable=readable,
        open_line=address.startswith("http:") and not host.endswith(".onion"),
    )
