"""Two servers of their own, in processes of their own, over sockets, walk the life of products."""

import json
import shutil
import signal
from random import Random

import pytest

from karakoram import bootstrap
from karakoram.sales.api_clients import ClientKind, ClientRole
from karakoram.usecases.sell.register_party import register_party
from karakoram.usecases.store.manage_clients import NewClient, add_client
from tests.support.command_line import karakoram
from tests.support.http_walk import Walker
from tests.support.selling import CARRIER, deed
from tests.support.served_processes import Server

WISH = {
    "id": "1",
    "action": "add",
    "productOffering": {"id": "WAVE-100G"},
    "product": {
        "productCharacteristic": [
            {"name": "a_site", "value": "GIL"},
            {"name": "z_site", "value": "RWP"},
            {"name": "term_months", "value": "36"},
        ]
    },
}


def store_with_clients(path):
    """A store of the corridor, with a buyer and the centres of two operators; their secrets."""
    made = karakoram("store", "init", "--store", str(path))
    assert made.code == 0, made.err
    store, ids = bootstrap.sales_store(str(path)), bootstrap.identifiers()
    network = bootstrap.network_source().read_network()
    register_party(CARRIER, deed=deed(), store=store, ids=ids)
    operators = ("SCO", next(each for each in sorted(network.operators) if each != "SCO"))
    wanted = {
        "buyer": NewClient(
            client_id="ct",
            kind=ClientKind.PROGRAM,
            roles=frozenset({ClientRole.BUYER}),
            party_id="CT",
        )
    }
    for operator in operators:
        wanted[operator] = NewClient(
            client_id=f"noc-{operator}",
            kind=ClientKind.PROGRAM,
            roles=frozenset({ClientRole.NOC}),
            operator_id=operator,
        )
    secrets = {
        name: (
            new.client_id,
            add_client(
                new,
                network=network,
                deed=deed(),
                store=store,
                ids=ids,
                secrets=bootstrap.client_secrets(),
            )[1],
        )
        for name, new in wanted.items()
    }
    store.close()
    return secrets


@pytest.fixture
def servers(tmp_path):
    secrets = store_with_clients(tmp_path / "one.db")
    shutil.copy(tmp_path / "one.db", tmp_path / "other.db")
    begun = [Server(tmp_path / name, secrets) for name in ("one.db", "other.db")]
    yield begun
    for each in begun:
        if each.process.poll() is None:
            each.process.kill()
            each.process.communicate()


def test_two_servers_never_disagree(servers, tmp_path):
    """The same walk on both: each party is told the same, and a token of one is none at the other.

    One of them is the seller of the corridor, the other that of a partner with the same plant.
    """
    one, other = servers
    walks = []
    for server in servers:
        operators = tuple(name for name in server.secrets if name != "buyer")
        walk = Walker(ask=server.ask, rng=Random(11), wish=WISH, operators=operators)
        walk.walk(8)
        walks.append(walk)
    assert walks[0].steps == walks[1].steps
    assert sorted(walks[0].quotes.values()) == sorted(walks[1].quotes.values())
    headers = {"Authorization": f"Bearer {one.tokens['buyer']}"}
    path = "/tmf-api/quoteManagement/v4/quote"
    assert one.http.get(path, headers=headers).status_code in {200, 206}
    assert other.http.get(path, headers=headers).status_code == 401
    for server, name in zip(servers, ("one.db", "other.db"), strict=True):
        assert server.end() in {0, 130, -signal.SIGINT}
        checked = karakoram("store", "check", "--json", "--store", str(tmp_path / name))
        assert json.loads(checked.out)["sound"], checked.out
