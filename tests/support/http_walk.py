"""A buyer and three operators walk the whole life of products at random, over any HTTP client.

The walker keeps its own small model of what must be so and compares it with what each party is told
after every step: whoever disagrees is named.
"""

from dataclasses import dataclass, field

from karakoram.interfaces.http import paths

QUOTES, ORDERS = f"{paths.QUOTE}/quote", f"{paths.PRODUCT_ORDER}/productOrder"
PRODUCTS, LEGS = f"{paths.PRODUCT}/product", f"{paths.SERVICE_ORDER}/serviceOrder"
SONATA_QUOTES, SONATA_ORDERS = f"{paths.SONATA_QUOTE}/quote", f"{paths.SONATA_ORDER}/productOrder"
SONATA_PRODUCTS = f"{paths.SONATA_INVENTORY}/product"
PRODUCT_STATES = {"active.pendingChange": "active"}
NEXT = {
    "acknowledged": ("inProgress", "inProgress", "inProgress", "held", "rejected"),
    "inProgress": ("completed", "completed", "completed", "completed", "held", "failed"),
    "held": ("inProgress", "inProgress", "inProgress", "failed"),
}
"""What an operator may say of a leg, each as often as it is likely."""


class DisagreementError(AssertionError):
    """Two parties are told different things, or something other than what was done."""


@dataclass
class Walker:
    """Walks; ``ask(party, method, path, body)`` gives status and body."""

    ask: object
    rng: object
    wish: dict
    operators: tuple
    quotes: dict = field(default_factory=dict)  # id -> state as TM Forum says it
    orders: dict = field(default_factory=dict)  # id -> product
    steps: dict = field(default_factory=dict)

    def told(self, party, method, path, body=None, *, status=200):
        got, answer = self.ask(party, method, path, body)
        wanted = {status} if isinstance(status, int) else set(status)
        if got not in wanted:
            raise DisagreementError(f"{party} {method} {path} gave {got}, not {wanted}: {answer}")
        return answer

    def walk(self, steps):
        ways = [self.quote, self.order, *[self.advance] * 4, self.decline, self.call_off, self.end]
        for _ in range(steps):
            way = self.rng.choice(ways)
            if way():
                self.steps[way.__name__] = self.steps.get(way.__name__, 0) + 1
            self.compare()

    def quote(self):
        number = len(self.quotes)
        form = {"externalId": f"q{number}", "quoteItem": [self.wish]}
        quote = self.told("buyer", "POST", QUOTES, form, status=201)
        again = self.told("buyer", "POST", QUOTES, form, status=201)
        if quote != again:
            raise DisagreementError(f"{quote['id']} was made twice")
        if quote["state"] == "rejected":  # no room is left
            return False
        self.quotes[quote["id"]] = quote["state"]
        return True

    def open_quotes(self):
        return [each for each, state in self.quotes.items() if state == "approved"]

    def order(self):
        if not self.open_quotes():
            return False
        quote_id = self.rng.choice(self.open_quotes())
        quote = self.told("buyer", "GET", f"{QUOTES}/{quote_id}")
        offer = self.rng.choice(quote["quoteItem"][0]["quoteItem"])
        reference = {"quoteId": quote_id, "id": offer["id"]}
        form = {"productOrderItem": [{"id": "1", "action": "add", "quoteItem": reference}]}
        order = self.told("buyer", "POST", ORDERS, form, status=201)
        self.told("buyer", "POST", ORDERS, form, status=422)  # a quote is ordered once
        self.quotes[quote_id] = "accepted"
        self.orders[order["id"]] = order["productOrderItem"][0]["product"]["id"]
        return True

    def decline(self):
        if not self.open_quotes():
            return False
        quote_id = self.rng.choice(self.open_quotes())
        path = f"{paths.SONATA_QUOTE}/declineQuote"
        self.told("buyer", "POST", path, {"quoteId": quote_id})
        self.quotes[quote_id] = "cancelled"
        return True

    def legs(self):
        return [
            (operator, leg)
            for operator in self.operators
            for leg in self.told(operator, "GET", f"{LEGS}?limit=200", status=(200, 206))
        ]

    def advance(self):
        can = [(who, leg) for who, leg in self.legs() if leg["state"] in NEXT]
        if not can:
            return False
        operator, leg = self.rng.choice(can)
        state = self.rng.choice(NEXT[leg["state"]])
        path = f"{LEGS}/{leg['id']}"
        stranger = self.rng.choice([each for each in self.operators if each != operator])
        self.told(stranger, "PATCH", path, {"state": state}, status=404)
        status, answer = self.ask(operator, "PATCH", path, {"state": state})
        if status == 200 and answer["state"] != state:
            raise DisagreementError(f"{leg['id']} is {answer['state']}, not {state}")
        if status not in {200, 422}:
            raise DisagreementError(f"{operator} says {state} of {leg['id']}: {status} {answer}")
        return status == 200

    def call_off(self):
        going = [
            each["id"]
            for each in self.told("buyer", "GET", f"{ORDERS}?limit=200", status=(200, 206))
            if each["state"] in {"acknowledged", "inProgress", "partial", "held", "pending"}
        ]
        if not going or self.rng.random() < 0.7:
            return False
        order_id = self.rng.choice(going)
        form = {"productOrder": {"id": order_id}}
        path = f"{paths.PRODUCT_ORDER}/cancelProductOrder"
        self.told("buyer", "POST", path, form, status=201)
        self.told("buyer", "POST", path, form, status=422)
        return True

    def end(self):
        mine = self.told("buyer", "GET", f"{PRODUCTS}?status=active&limit=200", status=(200, 206))
        if not mine:
            return False
        product = {"id": self.rng.choice(mine)["id"]}
        form = {"productOrderItem": [{"id": "1", "action": "delete", "product": product}]}
        order = self.told("buyer", "POST", ORDERS, form, status=201)
        self.orders[order["id"]] = product["id"]
        return True

    def compare(self):
        """Hold what the buyer is told against the model, Sonata, and what operators are told."""
        listed = self.told("buyer", "GET", f"{QUOTES}?limit=200", status=(200, 206))
        states = {each["id"]: each["state"] for each in listed if each["state"] != "rejected"}
        self._same("quotes", states, self.quotes)
        orders = self.told("buyer", "GET", f"{ORDERS}?limit=200", status=(200, 206))
        ordered = {each["id"]: each["productOrderItem"][0]["product"]["id"] for each in orders}
        self._same("orders", ordered, self.orders)
        here = self.told("buyer", "GET", f"{PRODUCTS}?limit=200", status=(200, 206))
        there = self.told("buyer", "GET", f"{SONATA_PRODUCTS}?limit=200")
        self._same(
            "products",
            {each["id"]: each["status"] for each in here},
            {each["id"]: PRODUCT_STATES.get(each["status"], each["status"]) for each in there},
        )
        self._compare_legs(orders)
        for operator in self.operators:
            self._compare_services(operator, here)

    def _compare_services(self, operator, sold):
        """An operator sees the products that it carries a part of, and no others."""
        services = self.told(
            operator, "GET", f"{paths.SERVICE}/service?limit=200", status=(200, 206)
        )
        products = self.told(operator, "GET", f"{PRODUCTS}?limit=200", status=(200, 206))
        carried = {each["relatedEntity"][0]["id"] for each in services}
        self._same(f"products of {operator}", {each["id"] for each in products}, carried)
        hidden = [each["id"] for each in sold if each["id"] not in carried]
        for product_id in hidden[:1]:
            self.told(operator, "GET", f"{PRODUCTS}/{product_id}", status=404)

    def _compare_legs(self, orders):
        by_order = {}
        for operator, leg in self.legs():
            if leg["relatedParty"][0]["id"] != operator:
                raise DisagreementError(f"{operator} is told of {leg['relatedParty'][0]['id']}")
            by_order.setdefault(leg["id"].rpartition(".")[0], []).append(leg["state"])
        for order in orders:
            states = set(by_order.get(order["id"], []))
            if not states:
                raise DisagreementError(f"nobody is told to carry {order['id']} out")
            is_done = states == {"completed"}
            if (order["state"] == "completed") != is_done:
                raise DisagreementError(f"{order['id']} is {order['state']}, its legs are {states}")

    def _same(self, what, one, other):
        if one != other:
            raise DisagreementError(f"{what}: {one} and {other}")
