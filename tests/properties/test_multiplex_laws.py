"""Laws of the multiplex, whatever is claimed and released in whatever order."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.engines.multiplex import (
    CLIENT_NAMES,
    SERVER_NAMES,
    MissingRoom,
    ServerContainer,
    SlotRule,
    carried_in,
    chosen_slots,
    claims_along,
    client_signal,
    server_kind,
    tributaries_that_fit,
    tributary_shape,
    with_claims,
    without_claims,
)

SERVERS = [name for name in SERVER_NAMES if server_kind(name).slot_count <= 300]
RULES = st.sampled_from(SlotRule)
MUCH = st.lists(st.tuples(st.integers(0, 99), RULES, st.booleans()), max_size=25)


def clients_of(server):
    """Names of the signals that a server carries."""
    signals = map(client_signal, CLIENT_NAMES)
    return [one.name for one in signals if tributary_shape(server, one) is not None]


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(SERVERS), steps=MUCH)
def test_no_slot_is_used_twice_and_what_is_released_is_as_before(name, steps):
    server = server_kind(name)
    names = clients_of(server)
    before = (ServerContainer(server=server, a_site=0, z_site=1),)
    now, held = before, []
    for number, rule, keeps in steps:
        if held and not keeps:
            now = without_claims(now, held.pop(number % len(held)))
            continue
        client = client_signal(names[number % len(names)])
        found = claims_along(now, [0], client=client, rule=rule)
        shape = tributary_shape(server, client)
        if isinstance(found, MissingRoom):
            assert found.needed_slots == shape.slot_count
            continue
        after = with_claims(now, found)
        assert without_claims(after, found) == now
        held.append(found)
        now = after
    taken = [slot for claims in held for claim in claims for slot in claim.slots]
    assert len(set(taken)) == len(taken) == now[0].used_slot_count
    assert now[0].tributary_count == len(held)
    assert without_claims(now, [claim for claims in held for claim in claims]) == before


@settings(max_examples=30, deadline=None)
@given(name=st.sampled_from(SERVERS), steps=MUCH)
def test_what_a_server_carries_is_never_faster_than_its_payload(name, steps):
    """Nominal bit rates of all tributaries together."""
    server, total = server_kind(name), Fraction(0)
    names = clients_of(server)
    now = (ServerContainer(server=server, a_site=0, z_site=1),)
    for number, rule, _ in steps * 2:
        client = client_signal(names[number % len(names)])
        found = claims_along(now, [0], client=client, rule=rule)
        if not isinstance(found, MissingRoom):
            now = with_claims(now, found)
            carrier = client_signal(carried_in(client.name) or client.name)
            has_own_place = server.name.startswith("E")
            total += (client if has_own_place else carrier).bit_rate_bit_per_s
    assert total <= server.payload_bit_rate_bit_per_s


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(SERVERS),
    number=st.integers(0, 99),
    seed=st.integers(0, 2**32 - 1),
    share=st.floats(0, 1),
)
def test_a_choice_is_free_and_many_rows_are_answered_as_each_alone(name, number, seed, share):
    server = server_kind(name)
    names = clients_of(server)
    shape = tributary_shape(server, client_signal(names[number % len(names)]))
    free = np.random.default_rng(seed).random((4, server.slot_count)) < share
    for rule in SlotRule:
        choice = chosen_slots(free, server=server, shape=shape, rule=rule)
        assert (choice.fits == (tributaries_that_fit(free, shape=shape) > 0)).all()
        for row, fits, slots in zip(free, choice.fits, choice.slots, strict=True):
            alone = chosen_slots(row[None, :], server=server, shape=shape, rule=rule)
            assert (alone.slots[0] == slots).all()
            if fits:
                assert row[slots].all()
                assert len(set(slots.tolist())) == shape.slot_count
