"""A small seller behind HTTP, with a client for each role, called in process."""

import json
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import jsonschema_rs
from fastapi.testclient import TestClient

from karakoram.interfaces.http import paths
from karakoram.interfaces.http.app import application
from karakoram.interfaces.http.served import Served
from karakoram.interfaces.http.serving import ServerOptions, served_from
from karakoram.sales.api_clients import ClientKind, ClientRole
from karakoram.usecases.store.manage_clients import NewClient, add_client
from tests.support.memory_store import CountingIds, FixedMoment, MemoryStore
from tests.support.selling import START, deed, seller
from tests.support.settling import settling_of

BASE = "http://karakoram.test"
WAVE = {"a_site": "A", "z_site": "Z", "term_months": "36"}
SPECIFICATIONS = Path("tests/data/specifications")
CLIENTS = {
    "root": (ClientRole.ADMIN, None, None),
    "ct": (ClientRole.BUYER, "CT", None),
    "p1": (ClientRole.BUYER, "P1", None),
    **{
        f"{operator.lower()}-{role.value}": (role, None, operator)
        for operator in ("SCO", "OP1", "OP2", "OP3")
        for role in (ClientRole.SELLER_DESK, ClientRole.NOC, ClientRole.FINANCE)
    },
}
"""Role, party and operator by the name of the client."""


class PlainSecrets:
    """Secrets that anybody can guess, and quickly."""

    def __init__(self):
        self.made = 0

    def new_secret(self):
        self.made += 1
        return f"secret-{self.made}"

    def digest(self, secret):
        return f"digest of {secret}"

    def is_right(self, secret, digest):
        return digest == self.digest(secret)


@dataclass
class Platform:
    """The application, and the tokens of its clients."""

    served: Served
    client: TestClient
    tokens: dict = field(default_factory=dict)

    def call(self, method, path, *, by="root", **more):
        headers = {"Authorization": f"Bearer {self.tokens[by]}"} if by else {}
        headers |= {"Content-Type": "application/json"} if "content" in more else {}
        return self.client.request(method, path, headers=headers, **more)

    def get(self, path, *, by="root", **more):
        return self.call("GET", path, by=by, **more)

    def post(self, path, body, *, by="ct"):
        return self.call("POST", path, by=by, json=body)

    def patch(self, path, body, *, by="ct"):
        return self.call("PATCH", path, by=by, json=body)


def platform(selling=None, *, requests_a_second=1e6, changed=lambda app: app):
    """A platform whose clients have all logged in; ``changed`` may make the application wrong."""
    selling = selling or fresh()
    options = ServerOptions(host="localhost", port=1, requests_a_second=requests_a_second)
    served = served_from(
        options,
        selling=selling,
        settling=settling_of(selling),
        moments=FixedMoment(START),
        secrets=PlainSecrets(),
        base_url=BASE,
    )
    made = Platform(served, TestClient(changed(application(served)), raise_server_exceptions=False))
    now = served.moments.now()
    for name in CLIENTS:
        add(made, name)
        made.tokens[name] = served.tokens.new_token(name, now)
    return made


@cache
def template():
    return with_seller(seller())


def fresh():
    """A seller whose store nobody else writes to."""
    store = MemoryStore()
    store.tables = template().store.tables.copy()
    ids = CountingIds()
    ids.count = 100_000
    return replace(template(), store=store, ids=ids)


def later(made, moment):
    """Let the clock stand at a later moment; every client logs in again."""
    made.served.moments.moment = moment
    for name in made.tokens:
        made.tokens[name] = made.served.tokens.new_token(name, moment)


def with_seller(selling):
    """The same, in a network that knows the operator that the catalogue names as the seller."""
    known = selling.network.operators
    sco = replace(known["OP1"], operator_id="SCO")
    network = replace(selling.network, operators={**known, "SCO": sco})
    return replace(selling, network=network)


def add(made, name, *, kind=ClientKind.PROGRAM):
    """Register a client; gives its secret."""
    role, party_id, operator_id = CLIENTS[name]
    new = NewClient(
        client_id=name,
        kind=kind,
        roles=frozenset({role}),
        party_id=party_id,
        operator_id=operator_id,
    )
    selling = made.served.selling
    _, secret = add_client(
        new,
        network=selling.network,
        deed=deed(),
        store=selling.store,
        ids=selling.ids,
        secrets=made.served.secrets,
    )
    return secret


def quote_form(external_id=None, *, offering="WAVE-100G", values=WAVE, **more):
    """A request for a quote in the words of TM Forum."""
    item = {
        "id": "1",
        "action": "add",
        "productOffering": {"id": offering},
        "product": {"productCharacteristic": [{"name": n, "value": v} for n, v in values.items()]},
    }
    named = {} if external_id is None else {"externalId": external_id}
    return {**named, "quoteItem": [item], **more}


def order_form(quote, external_id=None, **more):
    """An order of the first offer of a quote."""
    offer = quote["quoteItem"][0]["quoteItem"][0]
    item = {
        "id": "1",
        "action": quote["quoteItem"][0]["action"],
        "quoteItem": {"id": offer["id"], "quoteId": quote["id"]},
    }
    named = {} if external_id is None else {"externalId": external_id}
    return {**named, "productOrderItem": [item], **more}


def quoted(made, external_id=None, *, by="ct", **more):
    answer = made.post(f"{paths.QUOTE}/quote", quote_form(external_id, **more), by=by)
    assert answer.status_code == 201, answer.text
    return answer.json()


def ordered(made, quote, external_id=None, *, by="ct"):
    path = f"{paths.PRODUCT_ORDER}/productOrder"
    answer = made.post(path, order_form(quote, external_id), by=by)
    assert answer.status_code == 201, answer.text
    return answer.json()


def completed(made, order_id):
    """Let every leg of an order be carried out, as its operator's centre says."""
    for _ in range(20):
        legs = made.get(f"{paths.SERVICE_ORDER}/serviceOrder?limit=200").json()
        open_legs = [
            leg
            for leg in legs
            if leg["id"].startswith(f"{order_id}.")
            and leg["state"] in {"acknowledged", "inProgress"}
        ]
        if not open_legs:
            return
        for leg in open_legs:
            state = "inProgress" if leg["state"] == "acknowledged" else "completed"
            operator = leg["relatedParty"][0]["id"].lower()
            path = leg["href"].removeprefix(BASE)
            answer = made.patch(path, {"state": state}, by=f"{operator}-noc")
            assert answer.status_code == 200, answer.text


@cache
def specified(file, name):
    """What a published specification says of a document."""
    told = json.loads((SPECIFICATIONS / f"{file}.json").read_text(encoding="utf-8"))
    root = {"$ref": f"#/schemas/{name}", "schemas": told["schemas"]}
    return jsonschema_rs.Draft4Validator(root)


def breaches(file, name, document):
    """Everything in which a document does not keep to the specification."""
    return [
        f"{'.'.join(map(str, error.instance_path))}: {error.message}"
        for error in specified(file, name).iter_errors(document)
    ]


def is_part(sent, told):
    """Whether everything that was sent stands in what was told."""
    if isinstance(sent, dict):
        return isinstance(told, dict) and all(
            name in told and is_part(value, told[name]) for name, value in sent.items()
        )
    if isinstance(sent, list):
        return isinstance(told, list) and all(
            any(is_part(each, other) for other in told) for each in sent
        )
    return sent == told
