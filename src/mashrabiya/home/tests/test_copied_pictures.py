"""Pictures stay where they are; a copy tells how they were described."""

from __future__ import annotations

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.discussions.commands.pictures import hang
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.types import NewPicture
from mashrabiya.home.tests.test_copies import copied
from mashrabiya.kernel.ids import new_id
from mashrabiya.people.types import CopyOf
from mashrabiya.platform.db import Statement
from mashrabiya.testing.house import TestHouse

ID_OF: Statement[None] = Statement(
    select(POST.c.id).where(POST.c.tid == bindparam("tid", type_=LargeBinary), POST.c.n == bindparam("n"))
)


def test_a_picture_is_in_it_by_its_description_alone(house: TestHouse) -> None:
    alice, bob = house.person("Alice"), house.person("Bob")
    tid = begin(house.database, alice.viewer, open_place(house, alice, bob)).tid
    answer(house.database, bob.viewer, tid, "Words by Bob.")
    answer(house.database, alice.viewer, tid, "Two lanterns.", unnamed=True)
    with house.database.write() as uow:
        for n, *alts in ((1, "A <b>lamp</b>", ""), (2, "Bob's cat"), (3, "Lanterns")):
            (post,) = uow.tuples(ID_OF, tid=tid, n=n)
            hang(uow, bytes(post[0]), [NewPicture(new_id(16), alt, 60, 40) for alt in alts])
    page, told = copied(alice, CopyOf.UNNAMED)
    assert told["personas"][0]["posts"][0]["pictures"] == ["A <b>lamp</b>", ""]
    assert [post["pictures"] for post in told["unnamed"]] == [["Lanterns"]]
    assert "A &lt;b&gt;lamp" in page
    assert "Picture without a description" in page
    assert "cat" not in page
    assert "/m/" not in page
