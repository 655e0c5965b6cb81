"""The command ``mashrabiya``."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mashrabiya.platform.db import POSTGRES
from mashrabiya.platform.hosting import HostingTrouble, Household, SampleSize
from mashrabiya.platform.hosting import backup as backing_up
from mashrabiya.platform.hosting.telling import sentence
from mashrabiya.platform.hosting.typed import port, site, sites_around
from mashrabiya.platform.settings import Config

TROUBLE = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what it says, 1 when it could not."""
    options = parser().parse_args(arguments)
    try:
        return int(options.action(config_of(options), options) or 0)
    except KeyboardInterrupt:
        return 130
    except Exception as trouble:
        said = sentence(trouble)
        if said is None:
            raise
        print(f"mashrabiya: {said}", file=sys.stderr)
        return TROUBLE


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    whole = argparse.ArgumentParser(prog="mashrabiya", description="Run a house.", allow_abbrev=False)
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    add(commands, "init", init, "Make a house: its folder, its key, its empty database.")
    add_serve(commands)
    add(commands, "worker", worker, "Do the waiting work in a process of its own.")
    add(commands, "migrate", migrate, "Bring the database up to date.")
    add(commands, "carer", carer, "Print a code for a first carer, where nobody in the house is one.")
    add(commands, "index", index, "Make the index of search anew.")
    add_sample(commands)
    add_copies(commands)
    add_library(commands)
    doctor_ = add(commands, "doctor", doctor, "Look whether the house is well.")
    doctor_.epilog = (
        "Ends with 0 when nothing is red, 1 when something is, 2 when there is no house to look at."
    )
    add_reach(doctor_)
    doctor_.add_argument(
        "--privacy", action="store_true", help="what is kept, and whether it is forgotten when promised"
    )
    doctor_.add_argument(
        "--audit", action="store_true", help="whether the log of acts is whole; names its first broken link"
    )
    doctor_.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="HASH",
        help="with --audit: a head of the log that you have seen; repeatable",
    )
    doctor_.add_argument(
        "--court", choices=("ar", "en"), metavar="LANG", help="the answer to an order for data: ar, en"
    )
    return whole


def add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve_ = add(commands, "serve", serve, "Serve the house.")
    serve_.add_argument("--host", default="127.0.0.1", metavar="H", help="address to listen on (127.0.0.1)")
    serve_.add_argument("--port", type=port, default=8000, metavar="N", help="port to listen on (8000)")
    serve_.add_argument("--workers", type=int, default=1, metavar="N", help="how many processes (1)")
    add_reach(serve_)
    serve_.add_argument("--limits", choices=("on", "off"), default="on", help="off: on sample houses only")
    serve_.add_argument(
        "--onion-cookie-plain",
        action="store_true",
        help="on an onion, for browsers that stay signed out there",
    )


def add_reach(command: argparse.ArgumentParser) -> None:
    """How the house is reached from outside: what ``serve`` goes by, and the doctor looks at."""
    command.add_argument(
        "--site",
        type=site,
        action="append",
        metavar="NAME",
        help="a name by which browsers reach the house; repeatable",
    )
    command.add_argument(
        "--trusted-proxy", default="", metavar="A", help="read forwarded addresses from this proxy only"
    )


def add_sample(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sample_ = add(commands, "sample", sample, "Make a house with made-up people and threads.")
    usual = SampleSize()
    for number, what in (
        ("seed", "another number, other words and another structure"),
        ("members", "how many accounts"),
        ("communities", "how many communities"),
        ("threads", "how many threads"),
        ("posts", "how many posts in all threads together"),
    ):
        default = getattr(usual, number)
        sample_.add_argument(
            f"--{number}", type=int, default=default, metavar="N", help=f"{what} ({default})"
        )
    sample_.add_argument(
        "--credentials", type=Path, metavar="FILE", help="write there, as JSON, how all of them sign in"
    )


def add_copies(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup_ = add(commands, "backup", backup, "Make a sealed copy; unlink those older than promised.")
    backup_.add_argument("--to", type=Path, metavar="DIR", help="where backups lie (DIR/backups)")
    backup_.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="age1…",
        help="a public key that opens it; repeatable",
    )
    backup_.add_argument("--new-identity", type=Path, metavar="F", help="only make a key that opens backups")
    restore_ = add(commands, "restore", restore, "Open a backup into an empty folder or database.")
    restore_.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restore_.add_argument(
        "--identity", type=Path, required=True, metavar="F", help="a secret key that opens it"
    )


def add_library(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What is brought into the library from files."""
    what = "Bring a file into the library."
    library = commands.add_parser("library", help=what, description=what, allow_abbrev=False)
    files = library.add_subparsers(metavar="WHAT", required=True)
    laws = add(files, "import-laws", import_laws, "Read what a data set says of the laws of countries.")
    laws.add_argument("file", type=Path, metavar="FILE", help="the LGBTI National Policy Dataset as CSV")
    laws.add_argument(
        "--corrections", type=Path, metavar="F", help="known mistakes of the file, beside those known here"
    )


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, action: object, promise: str
) -> argparse.ArgumentParser:
    """A command with the options that all have."""
    command = commands.add_parser(name, help=promise, description=promise, allow_abbrev=False)
    command.set_defaults(action=action)
    command.add_argument(
        "--data", type=Path, default=Path("data"), metavar="DIR", help="the house's folder (./data)"
    )
    command.add_argument(
        "--key-file",
        default=os.environ.get("MASHRABIYA_KEY_FILE", ""),
        metavar="F",
        help="the house's key; - asks for it",
    )
    command.add_argument(
        "--database",
        default=os.environ.get("MASHRABIYA_DATABASE", ""),
        metavar="URL",
        help="postgresql://… instead of the file in the folder",
    )
    return command


def config_of(options: argparse.Namespace) -> Config:
    """What was typed."""
    given = vars(options)
    if options.database and not options.database.startswith(POSTGRES):
        raise HostingTrouble("terminal.database_unknown")
    return Config(
        data=options.data.absolute(),
        key_file=options.key_file,
        database=options.database,
        host=given.get("host", "127.0.0.1"),
        port=given.get("port", 8000),
        workers=max(1, given.get("workers", 1)),
        trusted_proxy=given.get("trusted_proxy", ""),
        sites=tuple(dict.fromkeys(given.get("site") or sites_around())),
        limits=given.get("limits", "on") == "on",
        onion_cookie_plain=given.get("onion_cookie_plain", False),
    )


def household() -> Household:
    """The whole house: imported by the commands that need it, since it takes its time."""
    # Nothing that is made while the rooms are read goes again: looking for it would cost a tenth of the start.
    gc.disable()
    try:
        from mashrabiya.main import HOUSEHOLD
    finally:
        gc.enable()

    return HOUSEHOLD


def init(config: Config, _options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.init import init as make

    household()
    make(config)


def serve(config: Config, _options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.serve import serve as run

    run(config, household())


def worker(config: Config, _options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.serve import work

    work(config, household())


def migrate(config: Config, _options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.init import migrate as bring_up_to_date
    from mashrabiya.platform.hosting.init import need_house

    household()
    need_house(config)
    bring_up_to_date(config)
    print("The database is up to date.")


def carer(config: Config, _options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.carer import carer as give

    give(config, household())


def index(config: Config, _options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.index import index as make

    make(config, household())


def sample(config: Config, options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.sample import sample as fill

    numbers = {number: getattr(options, number) for number in SampleSize.__dataclass_fields__}
    fill(config, household(), SampleSize(**numbers), credentials=options.credentials)


def import_laws(config: Config, options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.library import import_laws as read

    read(config, household(), file=options.file, corrections=options.corrections)


def backup(config: Config, options: argparse.Namespace) -> None:
    if options.new_identity:
        backing_up.new_identity(options.new_identity, config)
        return
    household()
    backing_up.backup(config, to=options.to, recipients=tuple(options.recipient))


def restore(config: Config, options: argparse.Namespace) -> None:
    from mashrabiya.platform.hosting.restore import restore as bring_back

    bring_back(config, household(), file=options.file, identity=options.identity)


def doctor(config: Config, options: argparse.Namespace) -> int:
    from mashrabiya.platform.hosting.doctor import doctor as look
    from mashrabiya.platform.hosting.init import need_house
    from mashrabiya.platform.hosting.privacy import privacy
    from mashrabiya.platform.hosting.witness import witness

    whole = household()
    if options.court:
        need_house(config)
        print(whole.court(config, options.court))
        return 0
    if options.audit or options.head:
        return witness(config, options.head)
    return privacy(config) if options.privacy else look(config)


if __name__ == "__main__":
    raise SystemExit(main())
