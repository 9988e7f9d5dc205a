"""An operator that buys a leg of a partner: our side in memory, the partner behind HTTP."""

import json
from dataclasses import dataclass, field, replace

import httpx2

from karakoram.adapters.partners.sonata_calls import RetryWaits, SonataCalls
from karakoram.adapters.partners.sonata_partner import SonataPartner
from karakoram.interfaces.http import paths
from karakoram.sales.configurations import configuration
from karakoram.sales.purchases import Purchase
from karakoram.usecases.buy.partner_legs import Buying
from karakoram.usecases.buy.partner_ports import (
    OfferedLeg,
    PartnerAccount,
    PartnerContact,
    PartnerTerms,
)
from tests.support.http_calls import BASE, completed, fresh, platform
from tests.support.selling import ordered, quoted, wave

PARTNER = "OP1"
"""Carries A-Z whole, so that an order has one leg of it."""
ORDERS, QUOTES = f"{paths.SONATA_ORDER}/productOrder", f"{paths.SONATA_QUOTE}/quote"
PRODUCTS = f"{paths.SONATA_INVENTORY}/product"


class KilledError(BaseException):
    """The process of the buyer ends here, as by ``kill -9``."""


class NoWaits:
    """A clock that only counts what would have been waited."""

    def __init__(self):
        self.waited_s = []

    def waiting(self):
        return RetryWaits(sleep=self.waited_s.append, monotonic_s=lambda: 0.0, share=lambda: 0.0)


@dataclass
class Wire(httpx2.BaseTransport):
    """Carries requests to a platform; what happens on the way is up to the test.

    ``before`` and ``after`` see each request, and may raise; ``change`` gives another answer.
    """

    platform: object
    before: object = lambda request: None
    after: object = lambda request: None
    change: object = lambda request, status, body: (status, body)
    sent: list = field(default_factory=list)

    def handle_request(self, request):
        request.read()
        self.sent.append((request.method, request.url.path))
        self.before(request)
        answer = self.platform.client.request(
            request.method,
            str(request.url).removeprefix(BASE),
            headers=dict(request.headers),
            content=request.content,
        )
        self.after(request)
        status, body = answer.status_code, answer.json()
        if request.url.path != "/oauth2/token":
            status, body = self.change(request, status, body)
        return httpx2.Response(status, content=json.dumps(body).encode(), headers={})


def account(**more):
    """How our side logs in to the partner."""
    terms = PartnerTerms(
        operator_id=PARTNER,
        url=BASE,
        buyer_id="CT",
        seller_id=PARTNER,
        client_id="ct",
        secret_from="the test",
        has_secret=True,
        offerings={
            "WAVE-100G": OfferedLeg(
                offering_id="WAVE-100G", passed=("term_months",), fixed=configuration({})
            )
        },
    )
    contact = PartnerContact(name="desk", email="desk@us.test", number="+1")
    made = PartnerAccount(
        terms=terms,
        contact=contact,
        token_url=f"{BASE}/oauth2/token",
        secret="secret-2",  # of the second client that a platform makes
        timeout_s=5.0,
    )
    return replace(made, **more)


@dataclass
class Sides:
    """Us and the partner."""

    ours: object
    theirs: object
    wire: Wire
    clock: NoWaits
    buying: Buying

    def order(self, name="1"):
        """Our order with one leg of the partner."""
        quote = quoted(self.ours, wave(), f"q{name}")
        return ordered(self.ours, quote, f"o{name}")

    def purchase(self):
        """The one purchase."""
        (found,) = self.ours.store.read(lambda tx: tx.find_all(Purchase))
        return found

    def carry_out(self):
        """The partner carries out all that is ordered of it."""
        for each in self.theirs.get(f"{ORDERS}?limit=200").json():
            if each["state"] in {"acknowledged", "inProgress"}:
                completed(self.theirs, each["id"])


def sides(**of_wire):
    """Two platforms, each with a store of its own; the one buys of the other."""
    ours, theirs = fresh(), platform()
    wire, clock = Wire(theirs, **of_wire), NoWaits()
    calls = SonataCalls(account(), transport=wire, waiting=clock.waiting())
    buying = Buying(
        store=ours.store,
        ids=ours.ids,
        partners={PARTNER: SonataPartner(account(), calls)},
    )
    return Sides(ours, theirs, wire, clock, buying)
