"""Two operators' instances walk the life of a leg that the one buys of the other, at random.

Servers and commands are processes of their own; they are killed, and answers are lost, wherever
chance says. Whatever happens, neither side may come to say what the other does not.
"""

import json

from karakoram.interfaces.http import paths
from tests.support.served_processes import command

QUOTES, ORDERS = f"{paths.QUOTE}/quote", f"{paths.PRODUCT_ORDER}/productOrder"
PRODUCTS, LEGS = f"{paths.PRODUCT}/product", f"{paths.SERVICE_ORDER}/serviceOrder"
CANCEL = f"{paths.PRODUCT_ORDER}/cancelProductOrder"
THERE = f"{paths.SONATA_ORDER}/productOrder"
WISH = {
    "id": "1",
    "action": "add",
    "productOffering": {"id": "WAVE-100G"},
    "product": {
        "productCharacteristic": [
            {"name": "a_site", "value": "GIL"},
            {"name": "z_site", "value": "SKZ"},
            {"name": "term_months", "value": "36"},
        ]
    },
}
OPEN = {"acknowledged", "inProgress", "held", "partial", "pending"}
NOT_YET = {"order-moved", "leg-out-of-step"}
"""What may be between a step and the next time that a partner is followed."""


class Walk:
    """Walks; ``ours`` and ``theirs`` are servers, ``line`` what lies between."""

    def __init__(self, *, ours, theirs, partners, secret, rng):
        self.ours, self.theirs, self.rng = ours, theirs, rng
        self.words = ("--store", ours.store, "--partners", str(partners), "--json")
        self.secret, self.fates, self.running = secret, (), None
        self.killed = {"buyer": 0, "seller": 0, "lost": 0}
        self.steps = {}

    # what happens on the line

    def fate(self):
        if not self.fates or self.rng.random() > 0.25:
            return "pass"
        return self.rng.choice(self.fates)(self)

    def lose(self):
        self.killed["lost"] += 1
        return self.rng.choice(["lose before", "lose after"])

    def kill_buyer(self):
        when = self.rng.random() < 0.5

        def kill(is_heard):
            if is_heard == when and self.running is not None:
                self.running.kill()
                self.killed["buyer"] += 1
            return is_heard == when

        return kill

    def kill_seller(self):
        when = self.rng.random() < 0.5

        def kill(is_heard):
            if is_heard == when:
                self.theirs.kill()
                self.theirs.begin()
                self.killed["seller"] += 1
            return is_heard == when

        return kill

    def run(self, *words):
        """A command of our side; its answer, or nothing where it was killed."""
        self.running = command("partner", *words, *self.words, ONE_SECRET=self.secret)
        out, err = self.running.communicate(timeout=120)
        code, self.running = self.running.returncode, None
        assert "hush" not in out + err
        assert self.secret not in out + err
        if code == -9:
            return None
        assert code in {0, 1}, (words, code, out, err)
        return json.loads(out)

    # steps

    def told(self, server, party, method, path, body=None):
        status, answer = server.ask(party, method, path, body)
        assert status in {200, 201, 206}, (party, method, path, status, answer)
        return answer

    def listed(self, server, party, path):
        return self.told(server, party, "GET", f"{path}?limit=200")

    def sell(self):
        quote = self.told(self.ours, "buyer", "POST", QUOTES, {"quoteItem": [WISH]})
        offer = quote["quoteItem"][0]["quoteItem"][0]["id"]
        item = {"id": "1", "action": "add", "quoteItem": {"quoteId": quote["id"], "id": offer}}
        self.told(self.ours, "buyer", "POST", ORDERS, {"productOrderItem": [item]})

    def open_orders(self):
        return [e["id"] for e in self.listed(self.ours, "buyer", ORDERS) if e["state"] in OPEN]

    def buy(self):
        adds = [
            each["id"]
            for each in self.listed(self.ours, "buyer", ORDERS)
            if each["state"] in OPEN and each["productOrderItem"][0]["action"] == "add"
        ]
        if adds:
            self.run("order", self.rng.choice(adds), "--dearer")

    def follow(self):
        self.run("follow")

    def call_off(self):
        if self.open_orders():
            form = {"productOrder": {"id": self.rng.choice(self.open_orders())}}
            self.told(self.ours, "buyer", "POST", CANCEL, form)

    def cease(self):
        active = [e for e in self.listed(self.ours, "buyer", PRODUCTS) if e["status"] == "active"]
        if active:
            product = {"id": self.rng.choice(active)["id"]}
            item = {"id": "1", "action": "delete", "product": product}
            self.told(self.ours, "buyer", "POST", ORDERS, {"productOrderItem": [item]})

    def work(self, server, party, *, words):
        """An operator does something for each leg of its own that it may do something for."""
        for leg in self.listed(server, party, LEGS):
            state = {"acknowledged": "inProgress", "held": "inProgress"}.get(leg["state"])
            if leg["state"] == "inProgress":
                state = self.rng.choice(words)
            if state:
                status, _ = server.ask(party, "PATCH", f"{LEGS}/{leg['id']}", {"state": state})
                assert status in {200, 422}, status

    def work_here(self):
        self.work(self.ours, "SCO", words=("completed",))

    def work_there(self):
        self.work(self.theirs, "ONE", words=("completed", "completed", "held", "failed"))

    def walk(self, steps):
        ways = [self.buy, self.buy, self.follow, self.follow, self.work_there, self.work_here]
        ways += [self.call_off, self.cease]
        fates = (Walk.lose, Walk.lose, Walk.kill_buyer, Walk.kill_seller)
        for _ in range(steps):
            self.fates = fates
            way = self.rng.choice(ways)
            way()
            self.steps[way.__name__] = self.steps.get(way.__name__, 0) + 1
            self.fates = ()
            found = self.run("compare")["findings"]
            assert {each["code"] for each in found} <= NOT_YET, found

    def settle(self):
        """All that is open is brought to an end; then both say the same, to the letter."""
        for _ in range(8):
            for order in self.listed(self.ours, "buyer", ORDERS):
                is_add = order["productOrderItem"][0]["action"] == "add"
                if order["state"] in OPEN and is_add:
                    self.run("order", order["id"], "--dearer")
            self.work(self.theirs, "ONE", words=("completed",))
            self.work(self.ours, "SCO", words=("completed",))
            self.run("follow")
            if not self.open_orders():
                break
        last = self.run("follow")
        assert last["findings"] == []
        told = self.run("compare")
        assert told["findings"] == []
        return told["purchases"]

    def agree(self, purchases):
        """Each side's own lists say what the other's do."""
        there = {each["id"]: each for each in self.listed(self.theirs, "us", THERE)}
        names = [each["externalId"] for each in there.values()]
        assert len(names) == len(set(names)), "an order was given twice"
        known = {e["there"][one] for e in purchases for one in ("order", "cease")} - {""}
        strange = {key: each["state"] for key, each in there.items() if key not in known}
        assert set(strange.values()) <= {"cancelled", "rejected", "failed"}, strange
        products = {
            each["id"]: each["status"]
            for each in self.listed(self.theirs, "us", f"{paths.SONATA_INVENTORY}/product")
        }
        up = {each["there"]["product"] for each in purchases if each["state"] == "active"}
        assert up == {key for key, status in products.items() if status == "active"}
        ours = self.listed(self.ours, "buyer", PRODUCTS)
        active = {each["id"] for each in ours if each["status"] == "active"}
        assert active == {e["id"].partition(":")[0] for e in purchases if e["state"] == "active"}
