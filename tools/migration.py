"""Write a migration from what the domains declare and the migrations so far lack."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from mashrabiya.platform.db import migrations
from tools.check.source import ROOT
from tools.check.tables import owned_tables


def main() -> int:
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        print("say in a few words what the migration does", file=sys.stderr)
        return 2
    owned_tables()  # finds every table by importing what declares it
    with tempfile.TemporaryDirectory() as folder:
        url = str(Path(folder) / "house.db")
        migrations.upgrade(url)
        if not migrations.differences(url):
            print("nothing to write: the migrations make every table as declared")
            return 0
        migrations.write_revision(url, sys.argv[1])
    newest = max(migrations.FOLDER.glob("versions/[0-9]*.py"))
    lines = newest.read_text().splitlines(keepends=True)
    newest.write_text("".join(line for line in lines if not line.lstrip().startswith("# ###")))
    print(f"written: {newest.relative_to(ROOT)}. Read it, mend it, ./dev fix, and add it to the commit")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
