"""Containers and the moves out of one stand in tables as the inventory counts them."""

from karakoram.adapters.formats.table_multiplex import CONTAINER_FILLS, CONTAINERS, MOVES
from karakoram.usecases.multiplex.regroom_container import regroom_plan
from karakoram.usecases.multiplex.show_multiplex import multiplex_fill
from tests.support.dxx import meshed, opened

FIRST, SECOND = "A-Z STM-1/TU-12", "A-Z second"


def lines(table):
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def test_the_slots_of_a_container_are_told_in_both_tables():
    selling = meshed()
    rows = multiplex_fill("E1", store=selling.store)
    fills = lines(CONTAINER_FILLS.table(rows))
    plain = lines(CONTAINERS.table(row.container for row in rows))
    assert [each["slots"] for each in plain] == [each["slots"] for each in fills]
    assert {each["length_confidence"] for each in plain} <= {"stated", "derived", "assumed"}


def test_every_container_of_a_step_has_a_line_in_the_order_of_the_steps():
    selling = meshed()
    opened(selling, ("E1", "A", "Z", 1))
    plan = regroom_plan(FIRST, store=selling.store)
    (move,) = plan.moves
    assert [
        (each["move"], each["step"], each["container"], each["rider"])
        for each in lines(MOVES.table((plan,)))
    ] == [
        (1, step, claim.resource_id, move.rider.rider_id)
        for step, claims in (
            ("make", move.taken),
            ("switch", move.after),
            ("break", move.given_back),
        )
        for claim in claims
    ]
