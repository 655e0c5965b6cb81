"""What people do beside writing threads, through the commands: greet whoever is new, and keep private notes."""

from __future__ import annotations

from mashrabiya.discussions import commands as discussions
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.platform.db import Database
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import lines
from mashrabiya.stewardship.sample.writing import Written


def greet(database: Database, written: Written, personas: dict[str, Viewer]) -> None:
    """Let those who welcome the first words in a thread say so."""
    for post, post_id in zip(written.thread.posts, written.posts, strict=True):
        for key in post.welcomed:
            with database.write() as uow:
                discussions.say_welcome(uow, personas[key], post_id)


def keep_notes(database: Database, personas: dict[str, Viewer]) -> None:
    """Let some keep notes that only they can open."""
    for line in lines("notes"):
        key, days, text = (part.strip() for part in line.split("|"))
        if key in personas:
            with days_ago(float(days)), database.write() as uow:
                people.write_note(uow, personas[key], text)
