"""Containers are opened over others and closed when nothing rides there."""

import pytest

from karakoram.core.errors import InvalidDataError, NotFoundError, RefusedError
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.inventory.resources import ResourceStatus
from karakoram.usecases.multiplex.open_containers import close_container, open_containers
from karakoram.usecases.multiplex.open_tributaries import (
    TRIBUTARIES_MAX,
    TributariesAsked,
    TributariesOfRow,
)
from tests.support.dxx import assert_slots_are_right, everything, meshed, opened
from tests.support.selling import deed


def containers(selling, *rows, name="WORK", asker="CT"):
    asked = [
        TributariesOfRow(row=row, signal=model, a_site=a, z_site=z, count=count)
        for row, (model, a, z, count) in enumerate(rows, start=2)
    ]
    return open_containers(
        TributariesAsked(rows=tuple(asked)),
        asker_id=asker,
        external_id=name,
        deed=deed(),
        store=selling.store,
        ids=selling.ids,
    )


def closed(selling, container):
    return close_container(container, deed=deed(), store=selling.store, ids=selling.ids)


def test_a_container_takes_its_place_in_its_server_and_carries_at_once():
    selling = meshed()
    stm, first, second = containers(selling, ("STM-1/TU-12", "A", "Z", 1), ("E1", "B", "A", 2))
    assert stm.resource_id == "stm:A-Z:STM-1/TU-12:1"
    assert (stm.kind.value, stm.unit_count, stm.status) == ("stm", 63, ResourceStatus.AVAILABLE)
    assert [first.resource_id, second.resource_id] == ["e1:B-A:E1:1", "e1:B-A:E1:2"]
    (under,) = selling.store.read(lambda tx: tx.claims_of([stm.resource_id]))
    assert (under.resource_id, under.units.bit_count()) == ("A-Z ODU4", 1)
    (under,) = selling.store.read(lambda tx: tx.claims_of([first.resource_id]))
    assert under.resource_id == "A-B STM-1/TU-12"
    assert stm.operator_id == "SCO"
    assert first.operator_id == "OP1"
    opened(selling, ("31x64k", "A", "B", 3))
    assert_slots_are_right(selling.store)
    log = selling.store.read(lambda tx: tx.log_of(stm.resource_id))
    assert [(entry.action, entry.state_after) for entry in log] == [
        ("dxx.open_container", "available")
    ]


def test_so_many_are_opened_at_once_and_no_more():
    for counts in ((), (0,), (TRIBUTARIES_MAX, 1)):
        with pytest.raises(ValueError, match="1 to 10,000"):
            containers(meshed(), *(("E1", "A", "B", count) for count in counts))


def test_the_same_request_is_known_wherever_its_rows_stand():
    rows = [TributariesOfRow(row=row, signal="E1", a_site="A", z_site="B") for row in (2, 9)]
    first, second = (TributariesAsked(rows=(row,)) for row in rows)
    assert first.content == second.content
    assert first.content != TributariesAsked(rows=first.rows, is_connected=True).content


def test_closing_gives_the_slots_back_and_the_number_is_free_again():
    selling = meshed()
    before = everything(selling.store)[0]
    (stm,) = containers(selling, ("STM-1/TU-12", "A", "Z", 1))
    assert closed(selling, stm.resource_id).resource_id == stm.resource_id
    after = everything(selling.store)[0]
    assert {each.resource_id: each.taken for each in after} == {
        each.resource_id: each.taken for each in before
    }
    assert [e.resource_id for e in containers(selling, ("STM-1/TU-12", "A", "Z", 1), name="2")] == [
        stm.resource_id
    ]


def test_what_carries_something_is_not_closed():
    selling = meshed()
    containers(selling, ("E1", "A", "Z", 1))
    under = "A-Z STM-1/TU-12"
    with pytest.raises(RefusedError, match="1 ride on A-Z STM-1/TU-12: e1:A-Z:E1:1") as refused:
        closed(selling, under)
    assert refused.value.code == "something-rides-here"
    with pytest.raises(NotFoundError, match="'A-Z STM-1'. Did you mean A-Z STM-1/TU-12"):
        closed(selling, "A-Z STM-1")
    with pytest.raises(NotFoundError):
        closed(selling, "port:A")


def test_the_same_request_again_opens_nothing_more():
    selling = meshed()
    first = containers(selling, ("E1", "A", "Z", 2))
    before = everything(selling.store)
    again = containers(selling, ("E1", "A", "Z", 2))
    assert [each.resource_id for each in again] == [each.resource_id for each in first]
    assert everything(selling.store) == before
    with pytest.raises(RefusedError) as refused:
        containers(selling, ("E1", "A", "Z", 3))
    assert refused.value.code == "external-id-reused"
    with pytest.raises(NotFoundError, match="no party"):
        containers(selling, ("E1", "A", "Z", 1), name="3", asker="NOBODY")


def test_all_or_none_find_slots():
    selling = meshed()
    before = everything(selling.store)
    answer = containers(selling, ("E1", "A", "B", 1), ("ODU4", "A", "B", 1))
    assert isinstance(answer, NotFeasible)
    assert [each.code for each in answer.reasons] == ["no-connection"]
    assert everything(selling.store) == before


def test_every_row_that_makes_no_sense_is_found():
    with pytest.raises(InvalidDataError) as wrong:
        containers(
            meshed(),
            ("STM-1/TU12", "A", "Q", 1),
            ("VC-4", "A", "Z", 1),
            ("E1-CAS", "A", "A", 1),
        )
    found = [(each.place.row, each.place.field, each.code) for each in wrong.value.findings]
    assert found == [
        (2, "signal", "unknown-server"),
        (2, "z_site", "unknown-site"),
        (3, "signal", "unknown-server"),
        (4, "signal", "not-carried"),
        (4, "z_site", "same-ends"),
    ]
    assert "did you mean STM-1/TU-12" in wrong.value.findings[0].message
