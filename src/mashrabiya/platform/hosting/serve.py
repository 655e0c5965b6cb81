"""Serving: one process, or several that share one listening socket."""

from __future__ import annotations

import gc
import ipaddress
import os
import resource
import signal
import socket
import time
from contextlib import suppress
from typing import Any

import uvicorn

from mashrabiya.platform import keys
from mashrabiya.platform.crypto import sign_in_hash
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import logging_of_postgres
from mashrabiya.platform.hosting.household import HostingTrouble, Household
from mashrabiya.platform.hosting.init import TYPED, check_key, migrate, need_house, stay_apart
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.memory import give_back_at_once
from mashrabiya.platform.settings import Config
from mashrabiya.platform.sites import address_of
from mashrabiya.platform.terminal import why
from mashrabiya.platform.web.patience import Patience
from mashrabiya.platform.web.site import Site

_NO_SITE = (
    "Reached as: no name yet; by any but this machine's own, everybody is answered 421.\n"
    "            Name it: --site house.example, or on the hosts' page, Addresses of this site."
)
_THIS_MACHINE = "127.0.0.1"
_BACKLOG = 2048
_PATIENCE = 10
_REST = 1.0
# A server closes its connections, and then its worker's two threads end what they have begun.
_LAST_PATIENCE = 60.0
_ENDING = (signal.SIGTERM, signal.SIGINT)


def serve(config: Config, household: Household) -> None:
    """Serve until told to stop. Says where it listens, and where data and key lie."""
    loaded = open_house(config)
    site = household.site(config, loaded)
    refuse_sample_in_public(config, site)
    household.furnish(site)
    open_many()
    listening = listen(config)
    told = tell(config, site, household)
    site.database.close()
    print(told, flush=True)
    if config.workers > 1:
        _Crew(config, household, loaded, listening).run()
    else:
        run_one(config, household, loaded, listening)


def open_house(config: Config) -> ServerKeys:
    """The keys of the house, once everything that must hold before the port opens does."""
    stay_apart(config)
    need_house(config)
    loaded = keys.read_keys(config.key_path)
    migrate(config)
    database = Database(config.database_url)
    try:
        check_key(database, loaded)
        said = logging_of_postgres.faults(database)
    finally:
        database.close()
    if said:
        raise HostingTrouble("terminal.postgres_logs", settings="\n  ".join(said))
    return loaded


def refuse_sample_in_public(config: Config, site: Site) -> None:
    """The passphrases of a sample's carers are public; and without limits a house is anybody's toy."""
    if site.house.sample and not is_loopback(config.host):
        raise HostingTrouble("terminal.sample_public", address=_THIS_MACHINE)
    if not config.limits and not site.house.sample:
        raise HostingTrouble("terminal.limits_off")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(config: Config) -> socket.socket:
    """The listening socket, or plain words."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    # Named as TCP: without uvloop, asyncio would else leave small answers waiting for 40 ms (Nagle).
    listening = socket.socket(family, proto=socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((config.host, config.port))
    except OSError as wrong:
        listening.close()
        raise HostingTrouble(
            "terminal.listen", address=config.host, port=config.port, why=why(wrong)
        ) from wrong
    listening.listen(_BACKLOG)
    return listening


def open_many() -> None:
    """As many open files as this machine lets the house have: each page that listens is one."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def tell(config: Config, site: Site, household: Household) -> str:
    """What the person at the terminal needs to know."""
    shown = f"[{config.host}]" if ":" in config.host else config.host
    address = f"http://{shown}:{config.port}"
    key = "typed at the start" if config.key_path == TYPED else config.key_path
    lines = [f"Listening:  {address}", f"Data:       {config.data}", f"Key:        {key}"]
    if config.database:
        lines.insert(2, "Database:   PostgreSQL")
    sites = tuple(dict.fromkeys((*config.sites, *site.house.sites)))
    if sites:
        lines.insert(1, f"Reached as: {', '.join(sites)}")
    elif config.trusted_proxy or not is_loopback(config.host):
        lines.insert(1, _NO_SITE)
    if site.house.sample:
        lines.append("Sample:     made-up people, cheap passphrases, this machine only")
    code = household.first_host(site)
    if code:
        lines.append(
            f"\nFirst host: {address_of(sites[0]) if sites else address}/join/{code}\n            opens once; the next start makes a new one"
        )
    return "\n".join(lines)


def run_one(config: Config, household: Household, loaded: ServerKeys, listening: socket.socket) -> None:
    """Web and worker in this process, until a signal."""
    give_back_at_once()
    sign_in_hash.give_way(config.workers)
    site = household.site(config, loaded)
    worker = household.worker(site)
    worker.start()
    try:
        server = server_for(household.application(site))
        # What stands now stands to the end: no collection looks at it again.
        gc.freeze()
        server.run(sockets=[listening])
    finally:
        worker.stop()
        site.database.close()


def server_for(application: Any) -> Server:
    """A server that keeps no log and says nothing of itself. It believes no forwarded address:
    the house reads them itself, from the trusted proxy only."""
    return Server(
        uvicorn.Config(
            application,
            loop="uvloop",
            http=Patience,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=_BACKLOG,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=_PATIENCE,
        )
    )


class Server(uvicorn.Server):
    """Streams have no end of their own: they are told that the house stops, and nobody waits for them."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, and say so to whoever only listens."""
        self.config.app.end()  # type: ignore[union-attr]
        await super().shutdown(sockets)


def work(config: Config, household: Household) -> None:
    """Do what jobs and facts wait for, apart from the web, until a signal."""
    loaded = open_house(config)
    site = household.site(config, loaded)
    print(f"Working for the house in {config.data}", flush=True)
    try:
        household.worker(site).serve()
    finally:
        site.database.close()


class _Crew:
    """Several processes behind one socket. One that dies is replaced; a signal ends them all."""

    def __init__(
        self, config: Config, household: Household, loaded: ServerKeys, listening: socket.socket
    ) -> None:
        self._parts = (config, household, loaded, listening)
        self._children: set[int] = set()
        self._over = False

    def run(self) -> None:
        for number in _ENDING:
            signal.signal(number, self._end)
        while not self._over:
            while len(self._children) < self._parts[0].workers and not self._over:
                self._start()
            self._wait()
            if not self._over:
                time.sleep(_REST)
        self._see_them_out()

    def _start(self) -> None:
        # A signal in the middle of this would find a child that nobody knows of yet, and would be waited for
        # without end: it comes when both know who they are.
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        child = os.fork()
        if child:
            self._children.add(child)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
            if self._over:  # a thread that blocks nothing may have taken the signal
                self._end()
            return
        status = 1
        with suppress(KeyboardInterrupt):
            for number in _ENDING:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
            run_one(*self._parts)
            status = 0
        os._exit(status)

    def _see_them_out(self) -> None:
        """Wait for all that were told to end; who does not is ended."""
        until = time.monotonic() + _LAST_PATIENCE
        while self._children:
            self._children -= {child for child in self._children if _has_ended(child)}
            time.sleep(0.05)
            for child in self._children if time.monotonic() > until else ():
                os.kill(child, signal.SIGKILL)

    def _wait(self) -> None:
        try:
            ended, _ = os.wait()
        except ChildProcessError:
            self._children.clear()
        else:
            self._children.discard(ended)

    def _end(self, *_: object) -> None:
        self._over = True
        for child in self._children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)


def _has_ended(child: int) -> bool:
    try:
        return os.waitpid(child, os.WNOHANG)[0] == child
    except ChildProcessError:
        return True
