"""Two operators, each with servers and a store of its own, never disagree on what one buys."""

from random import Random

import pytest

from karakoram import bootstrap
from karakoram.sales.api_clients import ClientKind, ClientRole
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.store.manage_clients import NewClient, add_client
from tests.support.command_line import karakoram
from tests.support.partner_walk import Walk
from tests.support.selling import CARRIER, deed
from tests.support.served_processes import Line, Server

FILE = """
[contact]
name = "desk"
email = "desk@us.test"
number = "+1"

[ONE]
url = "http://127.0.0.1:{port}"
buyer_id = "CT"
client_id = "us"
client_secret_env = "ONE_SECRET"
timeout_s = 60.0

[ONE.offerings.WAVE-100G]
offering = "WAVE-100G"
"""


def store_with_clients(place, operator, *, buyer):
    """A store of the corridor with a buyer, and the centre of one operator; their secrets."""
    made = karakoram("store", "init", "--store", place)
    assert made.code == 0, made.err
    store, ids = bootstrap.sales_store(place), bootstrap.identifiers()
    network = bootstrap.network_source().read_network()
    register_party(CARRIER, deed=deed(), store=store, ids=ids)
    roles = {
        buyer: (ClientRole.BUYER, {"party_id": "CT"}),
        operator: (ClientRole.NOC, {"operator_id": operator}),
    }
    secrets = {}
    for name, (role, whose) in roles.items():
        client_id = name if name == buyer else f"noc-{operator}"
        new = NewClient(
            client_id=client_id, kind=ClientKind.PROGRAM, roles=frozenset({role}), **whose
        )
        _, secret = add_client(
            new,
            network=network,
            deed=deed(),
            store=store,
            ids=ids,
            secrets=bootstrap.client_secrets(),
        )
        secrets[name] = (client_id, secret)
    store.close()
    return secrets


@pytest.fixture
def walk(tmp_path, new_database):
    """We keep a file, the partner a server of PostgreSQL."""
    here, there = str(tmp_path / "ours.db"), new_database()
    servers = [
        Server(here, store_with_clients(here, "SCO", buyer="buyer")),
        Server(there, store_with_clients(there, "ONE", buyer="us")),
    ]
    partners = tmp_path / "partners.toml"
    made = Walk(
        ours=servers[0],
        theirs=servers[1],
        partners=partners,
        secret=servers[1].secrets["us"][1],
        rng=Random(5),
    )
    line = Line(servers[1].port, made.fate)
    partners.write_text(FILE.format(port=line.port), encoding="utf-8")
    yield made
    line.end()
    for each in servers:
        if each.process.poll() is None:
            each.kill()


def test_two_operators_never_disagree_whatever_is_killed_or_lost(walk):
    walk.sell()
    walk.walk(4)
    walk.agree(walk.settle())
    assert sum(walk.killed.values()), "chance was kind to everybody"
    for server in (walk.ours, walk.theirs):
        checked = karakoram("store", "check", "--store", server.store)
        assert checked.code == 0, checked.out
