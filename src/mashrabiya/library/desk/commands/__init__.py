"""What is done at the desk: one function per intention."""

from mashrabiya.library.desk.commands.answering import answer, object_to
from mashrabiya.library.desk.commands.beginning import begin
from mashrabiya.library.desk.commands.ending import bring_back, withdraw
from mashrabiya.library.desk.commands.law import look_again
from mashrabiya.library.desk.commands.reading import become_due, read_anew, read_as, unread
from mashrabiya.library.desk.commands.roles import forget_person, give, lay_down, take
from mashrabiya.library.desk.commands.sources import say_opened
from mashrabiya.library.desk.commands.writing import (
    agree,
    drop_draft,
    leave_proposed,
    put_out,
    save_draft,
    take_proposed,
)

__all__ = [
    "agree",
    "answer",
    "become_due",
    "begin",
    "bring_back",
    "drop_draft",
    "forget_person",
    "give",
    "lay_down",
    "leave_proposed",
    "look_again",
    "object_to",
    "put_out",
    "read_anew",
    "read_as",
    "save_draft",
    "say_opened",
    "take",
    "take_proposed",
    "unread",
    "withdraw",
]
