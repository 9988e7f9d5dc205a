"""Clients of one store who quote, order, change, cease and repeat themselves, at random.

A client writes into its journal what it is about to ask and what it was told. One that is killed
begins again where its journal ends: what it had asked under a name it asks again.
"""

import json
import os
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from karakoram.core.errors import KarakoramError
from karakoram.core.identifiers import ExternalId
from karakoram.sales.change_log import Deed
from karakoram.sales.orders import OPEN_ORDER_STATES, LegEvent, ProductOrder
from karakoram.sales.products import Product, ProductState
from karakoram.sales.quotes import Quote, QuoteLevel, QuoteState
from karakoram.usecases.sell.advance_leg import advance_leg, cancel_order, mark_jeopardy
from karakoram.usecases.sell.decline_quote import decline_quote
from karakoram.usecases.sell.end_product import cease_product, resume_product, suspend_product
from karakoram.usecases.sell.expire_quotes import expire_quotes
from karakoram.usecases.sell.issue_quote import QuoteWish, issue_quote
from karakoram.usecases.sell.place_order import place_order
from tests.support.selling import START
from tests.support.selling_laws import key_of
from tests.support.selling_machine import WISHES

STEP = timedelta(minutes=20)
OPEN_STATES = sorted(each.value for each in OPEN_ORDER_STATES)
"""By so much the clock of all clients goes on with each step of any of them."""
LOOKED_AT = 30
"""Records among which a client chooses."""
SHARED_STEPS = 5
"""Through so many steps clients who repeat each other ask for the same."""
WORDS = tuple(sorted(WISHES))
NAMED = ("quote", "order", "cease")
TOLD_AS = {
    "quote": "quote.issue",
    "order": "order.place",
    "cease": "order.place",
    "cancel": "order.cancel",
    "decline": "quote.decline",
    "suspend": "product.suspend",
    "resume": "product.resume",
}
"""The entry of the log on the subject of each answer."""

WEIGHTS = {
    "quote": 20,
    "shared": 8,
    "order": 16,
    "leg": 10,
    "finish": 18,
    "change": 8,
    "cease": 8,
    "rest": 4,
    "decline": 3,
    "cancel": 3,
    "again": 8,
    "misuse": 2,
    "look": 2,
    "nonsense": 2,
}
"""How often a client does what."""


class Journal:
    """What a client asked and was told, line by line, there before the next thing is done."""

    def __init__(self, path):
        self.lines = read_journal(path)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(self._file, b"\n")  # ends a line in which the client was killed

    def write(self, **line):
        self.lines.append(line)
        os.write(self._file, json.dumps(line).encode() + b"\n")


def read_journal(path):
    """The whole lines of a journal."""
    if not path.exists():
        return []
    lines = []
    for line in path.read_text().splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            continue  # the client was killed while it wrote
    return [line for line in lines if isinstance(line, dict)]


@dataclass(kw_only=True)
class Client:
    """One who uses the store."""

    number: int
    seed: int
    selling: object
    journal: Journal
    clock: object
    """Counts the steps of all clients."""
    rng: random.Random = field(init=False)

    def __post_init__(self):
        self.rng = random.Random(f"{self.seed} {self.number} {len(self.journal.lines)}")

    def begin(self):
        """Ask again for what was asked and not answered."""
        answered = {line["step"] for line in self.journal.lines if line["told"] != "ask"}
        for line in list(self.journal.lines):
            if line["told"] == "ask" and line["step"] not in answered and "name" in line["asked"]:
                self.ask(line["asked"])

    def step(self):
        """One thing at random."""
        choices = [getattr(self, f"_{name}") for name in WEIGHTS]
        (choose,) = self.rng.choices(choices, list(WEIGHTS.values()))
        asked = choose() or self._quote()
        self.ask(asked)

    def ask(self, asked):
        """Write it down, do it, write down what came of it."""
        count = self.clock.next()
        who = f"client {self.number} step {len(self.journal.lines)} of {os.getpid()}"
        deed = Deed(who=who, why="at random", at=START + count * STEP)
        self.journal.write(told="ask", step=who, asked=asked)
        try:
            subject = perform(self.selling, asked, deed=deed)
        except KarakoramError as no:
            code = getattr(no, "code", type(no).__name__)
            self.journal.write(told="no", step=who, code=code)
        else:
            self.journal.write(told="yes", step=who, subject=subject)

    def _name(self):
        return f"client {self.number} request {len(self.journal.lines)}"

    def _some(self, kind, *states):
        found = self.selling.store.read(
            lambda tx: tx.find_all(kind, states=states, limit=LOOKED_AT)
        )
        return self.rng.choice(found) if found else None

    def _quote(self):
        return random_quote(self.rng, self._name())

    def _shared(self):
        """What other clients ask for too at this moment, under the same name."""
        turn = self.clock.count() // SHARED_STEPS
        return random_quote(random.Random(f"{self.seed} {turn}"), f"shared {turn}")

    def _order(self):
        quote = self._some(Quote, QuoteState.ORDERABLE.value)
        return quote and {
            "do": "order",
            "name": self._name(),
            "quote": quote.quote_id,
            "buyer": quote.buyer_id,
        }

    def _leg(self):
        order = self._some(ProductOrder, *OPEN_STATES)
        return order and {
            "do": "leg",
            "order": order.product_order_id,
            "leg": self.rng.choice(order.legs).leg.name,
            "event": self.rng.choice(list(LegEvent)).value,
        }

    def _finish(self):
        order = self._some(ProductOrder, *OPEN_STATES)
        return order and {"do": "finish", "order": order.product_order_id}

    def _change(self):
        product = self._some(Product, ProductState.ACTIVE.value)
        if product is None or product.product_offering_id != "DXX-N64":
            return None
        asked = random_quote(self.rng, self._name(), ("1 channels", "8 channels"))
        return {**asked, "product": product.product_id}

    def _cease(self):
        states = (ProductState.ACTIVE, ProductState.SUSPENDED)
        if self.rng.random() < 0.1:
            states = tuple(ProductState)
        product = self._some(Product, *(each.value for each in states))
        return product and {
            "do": "cease",
            "name": self._name(),
            "product": product.product_id,
            "buyer": product.buyer_id,
        }

    def _rest(self):
        product = self._some(Product, ProductState.ACTIVE.value, ProductState.SUSPENDED.value)
        return product and {
            "do": self.rng.choice(("suspend", "resume")),
            "product": product.product_id,
        }

    def _decline(self):
        quote = self._some(Quote, QuoteState.ORDERABLE.value, QuoteState.ANSWERED.value)
        return quote and {"do": "decline", "quote": quote.quote_id}

    def _cancel(self):
        states = OPEN_STATES if self.rng.random() > 0.2 else ()
        order = self._some(ProductOrder, *states)
        return order and {"do": "cancel", "order": order.product_order_id}

    def _again(self):
        """What was asked before, unchanged."""
        named = [line["asked"] for line in self.journal.lines if "name" in line.get("asked", {})]
        return self.rng.choice(named) if named else None

    def _misuse(self):
        """Another thing under a name that is used."""
        asked = self._again()
        return asked and {**random_quote(self.rng, asked["name"]), "days": 29}

    def _look(self):
        return {"do": self.rng.choice(("expire", "late"))}

    def _nonsense(self):
        return self.rng.choice(
            (
                {"do": "decline", "quote": "no such quote"},
                {"do": "cancel", "order": "no such order"},
                {"do": "leg", "order": "?", "leg": "?", "event": "start"},
                {"do": "cease", "name": self._name(), "product": "?", "buyer": "CT"},
                {**random_quote(self.rng, self._name()), "buyer": "nobody"},
                {**random_quote(self.rng, self._name()), "product": "no such product"},
            )
        )


def random_quote(rng, name, words=WORDS):
    word = rng.choice(words)
    return {
        "do": "quote",
        "name": name,
        "word": word,
        "buyer": WISHES[word][1],
        "level": rng.choice(("firm", "firm", "firm", "budgetary")),
        "days": rng.choice((1, 5, 30)),
    }


def perform(selling, asked, *, deed):
    """Do what is asked; the identifier of the answer."""
    if asked["do"] in {"quote", "order"}:
        return key_of(_offered(selling, asked, deed=deed))
    parts = {"deed": deed, "store": selling.store, "ids": selling.ids}
    match asked["do"]:
        case "cease":
            answer = cease_product(asked["product"], **_named(asked), **parts)
        case "leg":
            answer = advance_leg(asked["order"], asked["leg"], LegEvent(asked["event"]), **parts)
        case "finish":
            return _finished(asked["order"], parts)
        case "expire":
            return str(expire_quotes(**parts))
        case "late":
            return str(len(mark_jeopardy(**parts)))
        case plain:
            do, what = PLAIN[plain]
            answer = do(asked[what], **parts)
    return key_of(answer)


PLAIN = {
    "cancel": (cancel_order, "order"),
    "decline": (decline_quote, "quote"),
    "suspend": (suspend_product, "product"),
    "resume": (resume_product, "product"),
}


def _offered(selling, asked, *, deed):
    """A quote, or the order that it becomes."""
    if asked["do"] == "order":
        return place_order(asked["quote"], "", **_named(asked), deed=deed, selling=selling)
    wish = QuoteWish(
        wish=WISHES[asked["word"]][0],
        level=QuoteLevel(asked["level"]),
        valid_days=asked["days"],
        product_id=asked.get("product"),
    )
    return issue_quote(wish, **_named(asked), deed=deed, selling=selling)


def _named(asked):
    return {"buyer_id": asked["buyer"], "external_id": ExternalId(asked["name"])}


def _finished(order_id, parts):
    """Start and complete every leg of an order, as far as others let it be done."""
    order = parts["store"].read(lambda tx: tx.find(ProductOrder, order_id))
    for leg in order.legs:
        for event in (LegEvent.START, LegEvent.RESUME, LegEvent.COMPLETE):
            try:
                advance_leg(order_id, leg.leg.name, event, **parts)
            except KarakoramError:
                continue
    return order_id


def told_otherwise(moment, journals):
    """Every way in which a store does not hold what its clients were told."""
    records = {key_of(each): each for each in moment.records}
    entries = defaultdict(list)
    for subject, told in moment.log.items():
        for entry in told:
            entries[entry.deed.who].append((entry.action, subject))
    meant = defaultdict(set)
    for asked, line in _answers(journals):
        done = [each for each in entries[line["step"]] if each[0] != "quote.expire"]
        if line["told"] == "no" and done:
            yield f"{line['step']} was refused ({line['code']}) and did {done}"
        if line["told"] == "yes":
            yield from _unlike(asked, line, records, entries)
            if "name" in asked:
                meant[asked["buyer"], asked["name"]].add(line["subject"])
    for name, subjects in meant.items():
        if len(subjects) > 1:
            yield f"{name} was answered with {sorted(subjects)}"


def _answers(journals):
    """What was asked, with what was told."""
    for lines in journals:
        asked = {line["step"]: line["asked"] for line in lines if line["told"] == "ask"}
        yield from ((asked[line["step"]], line) for line in lines if line["told"] != "ask")


def _unlike(asked, line, records, entries):
    """How a thing that was said to be done is not in the store, or is there twice."""
    do, subject, step = asked["do"], line["subject"], line["step"]
    if do in {"expire", "late"}:
        return
    if subject not in records:
        yield f"{step} was told of {subject}, which is lost"
        return
    if do == "finish":
        return
    action = f"leg.{asked['event']}" if do == "leg" else TOLD_AS[do]
    done = Counter(entries[step])[action, subject]
    if do in NAMED:
        record = records[subject]
        if (record.buyer_id, record.external_id) != (asked["buyer"], asked["name"]):
            yield f"{step} was told of {subject}, which has another name"
        if done > 1:
            yield f"{step} did {action} {done} times"
    elif done != 1:
        yield f"{step} did {action} {done} times"
