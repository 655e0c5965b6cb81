"""The shipped examples keep no log, believe no visitor's address, and forget copies in time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mashrabiya import __main__ as command
from mashrabiya import main
from mashrabiya.platform.hosting.backup import LONGEST_DAYS
from mashrabiya.platform.live.door import PATH
from mashrabiya.platform.live.hub import BEAT
from mashrabiya.platform.web import uploads
from mashrabiya.platform.web.shell import BODY_LIMIT

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
NGINX = (DEPLOY / "nginx" / "nginx.conf").read_text(encoding="utf-8")
CADDY = (DEPLOY / "caddy" / "Caddyfile").read_text(encoding="utf-8")
UNITS = sorted(DEPLOY.glob("systemd/*.service"))


def said(text: str, comment: str = "#") -> str:
    """Without comments."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(comment))


def values(name: str) -> list[str]:
    """Every value that nginx is given for a directive."""
    return re.findall(rf"^\s*{name}\s+(.*);", said(NGINX), re.MULTILINE)


def servers() -> list[str]:
    """The server blocks of nginx that hand on to the house."""
    return [block for block in said(NGINX).split("server {")[1:] if "proxy_pass" in block]


def test_nginx_writes_nothing_down() -> None:
    assert values("access_log") == ["off"]
    assert values("error_log") == ["/dev/null crit"]
    assert values("server_tokens") == ["off"]
    assert "log_format" not in said(NGINX)


def test_what_passes_nginx_never_lies_in_a_file() -> None:
    pictures = f"{uploads.HEARD_OUT >> 20}m"
    assert values("client_body_buffer_size") == [f"{BODY_LIMIT >> 10}k"]
    assert values("client_max_body_size") == [f"{BODY_LIMIT >> 10}k", pictures, pictures]
    assert f"max_size {pictures.upper()}B" in said(CADDY)
    assert values("proxy_max_temp_file_size") == ["0"]
    assert "proxy_cache" not in said(NGINX)


def test_nginx_knows_every_door_that_takes_pictures() -> None:
    blocks = re.findall(r"location ~ (\S+) \{(.*?)\}", said(NGINX), re.DOTALL)
    assert len(blocks) == len(servers())
    for pattern, block in blocks:
        for route in main.ROUTES:
            path = re.sub(r"\{\w+:str\}", "abc", route.path)
            if route.method == "POST":
                assert bool(re.search(pattern, path)) == route.uploads, route.path
        assert "proxy_request_buffering off;" in block


def test_the_house_lets_its_drawing_process_shut_itself_off() -> None:
    unit = said((DEPLOY / "systemd" / "mashrabiya.service").read_text(encoding="utf-8"))
    assert "RestrictNamespaces=user net" in unit
    assert "OOMPolicy=continue" in unit


def test_nginx_sets_the_address_and_hands_none_on() -> None:
    assert len(servers()) == 2
    for block in servers():
        forwarded = re.findall(r"proxy_set_header X-Forwarded-For (\S+);", block)
        assert forwarded == (['""'] if "8081" in block else ["$remote_addr"])
        for name in ("Forwarded", "X-Real-IP", "User-Agent"):
            assert f'proxy_set_header {name} "";' in block
        # A location that set one header would inherit none of these.
        assert "proxy_set_header" not in block[block.index("location") :]
    assert "proxy_add_x_forwarded_for" not in NGINX


def test_nginx_speaks_https_alone_to_the_world() -> None:
    for block in said(NGINX).split("server {")[1:]:
        if "proxy_pass" in block:
            assert re.search(r"listen (443 ssl|127\.0\.0\.1:)", block)
            assert not re.search(r"listen (\[::\]:)?80;", block)


def test_caddy_writes_nothing_down() -> None:
    logs = re.findall(r"\blog\b[^{]*\{([^}]*)\}", said(CADDY))
    assert [log.split() for log in logs] == [["output", "discard"]]


def test_caddy_sets_the_address_and_hands_none_on() -> None:
    public, onion = re.findall(r"reverse_proxy 127\.0\.0\.1:8000 \{(.*?)\n\t\}\n", said(CADDY), re.DOTALL)
    assert "header_up X-Forwarded-For {remote_host}" in public
    assert "header_up -X-Forwarded-For" in onion
    assert "trusted_proxies" not in CADDY


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_leaves_nothing_behind(unit: Path) -> None:
    text = said(unit.read_text(encoding="utf-8"))
    for line in ("User=mashrabiya", "UMask=0077", "LimitCORE=0", "ProtectSystem=strict", "PrivateTmp=yes"):
        assert line in text
    # The key is handed over by systemd, or not needed: it stands in no folder of the service's own.
    assert ("LoadCredential=" in text) == ("--key-file %d/" in text)
    assert "Environment" not in text


def test_the_journal_lives_in_memory() -> None:
    assert "Storage=volatile" in said((DEPLOY / "systemd" / "journald-volatile.conf").read_text())


def test_a_backup_is_made_every_night_and_the_promise_is_the_codes() -> None:
    timer = (DEPLOY / "systemd" / "mashrabiya-backup.timer").read_text()
    assert re.search(r"^OnCalendar=\*-\*-\* 03", timer, re.MULTILINE)
    assert "Persistent=yes" in timer
    assert f"**{LONGEST_DAYS} days**" in (DEPLOY / "HOSTING.md").read_text(encoding="utf-8")


def test_every_shipped_file_is_led_to() -> None:
    guide = (DEPLOY / "HOSTING.md").read_text(encoding="utf-8") + (DEPLOY / "onion" / "NOTES.md").read_text()
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.name != "HOSTING.md":
            assert path.name in guide or path.stem.startswith("mashrabiya-backup"), path


def test_the_examples_give_the_house_the_name_that_the_proxy_hands_on() -> None:
    assert "server_name house.example;" in NGINX
    assert "\nhouse.example {" in CADDY
    for unit in UNITS:
        for line in re.findall(r"^ExecStart=.*--trusted-proxy.*$", unit.read_text(), re.MULTILINE):
            typed = line.split("bin/mashrabiya ")[1].replace("%d", "/run/credentials").split()
            assert command.config_of(command.parser().parse_args(typed)).sites == ("house.example",), unit
    assert sum("--site" in unit.read_text() for unit in UNITS) == 2


def test_what_the_guide_copies_is_there() -> None:
    guide = (DEPLOY / "HOSTING.md").read_text(encoding="utf-8") + (DEPLOY / "onion" / "NOTES.md").read_text()
    named = [path.rstrip(".") for path in re.findall(r"\bdeploy/([\w./*-]+)", guide)]
    assert len(named) >= 7
    for path in named:
        assert list(DEPLOY.glob(path)), path


def test_lines_that_stay_open_pass_the_proxies() -> None:
    """They are handed on at once, and waited for longer than the house is ever silent."""
    for block in servers():
        found = re.search(rf"location = {PATH} \{{(.*?)\}}", block, re.DOTALL)
        assert found
        assert "proxy_buffering off;" in found[1]
        waits = re.search(r"proxy_read_timeout (\d+)s;", found[1])
        assert waits
        assert int(waits[1]) > 2 * BEAT
    assert "LimitNOFILE=65536" in said(
        (DEPLOY / "systemd" / "mashrabiya.service").read_text(encoding="utf-8")
    )
