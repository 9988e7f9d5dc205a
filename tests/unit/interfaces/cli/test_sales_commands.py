"""The commands of selling on a store in memory: what they print, what they refuse."""

import json
import re

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.interfaces.cli import sales_options
from karakoram.interfaces.cli.main import app
from tests.support.desk import csv_file, rows_of
from tests.support.memory_store import FixedMoment
from tests.support.ports import GivenNetwork
from tests.support.selling import START, seller


@pytest.fixture
def desk(monkeypatch):
    """Run a command; every command works on the same seller."""
    selling = seller()
    for name in ("sales_store", "settlement_store"):
        monkeypatch.setattr(bootstrap, name, lambda word: selling.store)
    monkeypatch.setattr(bootstrap, "selling", lambda word, **folders: selling)
    monkeypatch.setattr(bootstrap, "identifiers", lambda: selling.ids)
    clock = FixedMoment(START)
    monkeypatch.setattr(bootstrap, "moments", lambda: clock)

    def run(*words, code=0):
        answer = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})
        assert answer.exit_code == code, answer.output
        return answer.stdout

    return run


WAVE = ("WAVE-100G-1P1", "--buyer", "CT", "--set", "a_site=A", "--set", "z_site=Z")


def told(text):
    return json.loads(text)


def sold(desk, name="1"):
    """A product whose every leg is complete, and its order."""
    quote = told(desk("quote", "issue", *WAVE, "--json"))
    order = told(
        desk("order", "place", quote["id"], "--buyer", "CT", "--external-id", name, "--json")
    )
    for leg in order["legs"]:
        for event in ("start", "complete"):
            order = told(desk("order", "leg", order["id"], leg["name"], event, "--json"))
    return order


def test_a_party_is_registered_and_listed(desk):
    words = ("--name", "A school", "--kind", "public_body", "--segment", "public_rural")
    desk("party", "add", "S1", *words, "--country", "PK", "--currency", "PKR")
    assert "A school" in desk("party", "list")
    parties = told(desk("party", "list", "--json"))["parties"]
    assert [party["id"] for party in parties] == ["CT", "P1", "S1"]
    assert parties[-1]["marketSegment"] == "public_rural"


def test_every_wrong_word_of_a_party_is_told_at_once(desk):
    words = ("--name", "X", "--kind", "alien", "--segment", "nowhere", "--country", "PK")
    error = told(desk("party", "add", "S1", *words, "--json", code=2))["error"]
    assert {finding["field"] for finding in error["findings"]} == {"kind", "segment"}


def test_qualification_is_told_with_its_measures(desk):
    text = desk("qualify", *WAVE)
    assert "WAVE-100G-1P1: green" in text
    assert "km of glass: 100.0 (assumed)" in text
    answer = told(desk("qualify", *WAVE, "--json"))
    assert answer["serviceabilityConfidence"] == "green"
    assert answer["measures"]["lengthKm"] == 100.0


def test_what_cannot_be_had_ends_with_exit_code_1_and_alternatives(desk):
    words = ("DXX-N64", "--buyer", "CT", "--set", "a_site=A", "--set", "z_site=B")
    text = desk("qualify", *words, code=1)
    assert "no-connection at A-B" in text
    assert "all the way from A to B" in text
    assert "- have the network's desk open a connection for" in text
    answer = told(desk("quote", "issue", *words, "--json", code=1))
    assert answer["state"] == "unableToProvide"
    assert answer["reasons"][0]["alternatives"]


def test_a_quote_shows_offers_charges_and_only_if_asked_the_shares(desk):
    quote = told(desk("quote", "issue", *WAVE, "--json"))
    assert quote["state"] == "approved.orderable"
    offer = quote["offers"][0]
    assert offer["monthlyRecurringCharge"] == {"unit": "USD", "value": "300.00"}
    assert "shares" not in offer
    assert "operator" not in offer["charges"][0]
    text = desk("quote", "show", quote["id"])
    assert "cheapest" in text
    assert "OP3" not in text
    shares = told(desk("quote", "show", quote["id"], "--shares", "--json"))["offers"][0]["shares"]
    assert [(s["operator"], s["monthlyRecurringCharge"]["value"]) for s in shares] == [
        ("OP1", "100.00"),
        ("OP2", "100.00"),
        ("OP3", "100.00"),
    ]
    assert "OP3" in desk("quote", "show", quote["id"], "--shares")


def test_a_quote_tells_currency_term_taxes_and_how_far_each_figure_may_be_trusted(desk):
    text = " ".join(desk("quote", "issue", *WAVE).split())
    assert "a_site A" in text
    assert "without taxes" in text
    assert "a month USD 300.00 (assumed)" in text
    assert "over 36 months USD " in text
    assert re.search(r"available \S+ % \(assumed\)", text)
    assert re.search(r"days until ready \d+ \(assumed\)", text)


def test_an_offer_with_several_labels_says_that_it_is_one(desk):
    offers = told(desk("quote", "issue", *WAVE, "--json"))["offers"]
    several = [each["label"] for each in offers if ", " in each["label"]]
    text = " ".join(desk("quote", "issue", *WAVE).split())
    assert several
    quote = told(desk("quote", "issue", *WAVE, "--external-id", "Q", "--json"))
    ordering = ("order", "place", quote["id"], "--buyer", "CT", "--offer")
    error = told(desk(*ordering, "dearest", "--json", code=2))["error"]
    assert error["code"] == "unknown-offer"
    desk(*ordering, several[0].upper())
    for label in several:
        assert f"One offer is {label} at once: nothing that was found beats it in any." in text


def test_quotes_and_orders_are_listed_by_buyer_and_state(desk):
    quote = told(desk("quote", "issue", *WAVE, "--json"))
    order = told(desk("order", "place", quote["id"], "--buyer", "CT", "--json"))
    desk("quote", "issue", *WAVE, "--level", "budgetary")
    (accepted,) = told(desk("quote", "list", "--state", "accepted", "--json"))["quotes"]
    assert accepted["id"] == quote["id"]
    assert len(told(desk("quote", "list", "--json"))["quotes"]) == 2
    assert told(desk("quote", "list", "--buyer", "P1", "--json"))["quotes"] == []
    assert "USD 300.00" in (text := desk("quote", "list"))
    assert "(assumed)" in text
    listed = told(desk("order", "list", "--state", "ACKNOWLEDGED", "--json"))["orders"]
    assert [each["id"] for each in listed] == [order["id"]]
    assert told(desk("order", "list", "--state", "completed", "--json"))["orders"] == []
    text = desk("order", "list", "--buyer", "CT")
    assert order["product"] in text
    assert "A-Z" in text
    wrong = told(desk("order", "list", "--state", "gone", "--json", code=2))["error"]
    assert wrong["findings"][0]["field"] == "state"


def test_a_quote_for_a_change_names_the_product(desk):
    product = sold(desk)["product"]
    text = " ".join(desk("quote", "issue", *WAVE, "--product", product).split())
    assert f"Changes product {product}" in text
    assert "Changes product" not in desk("quote", "issue", *WAVE)


def test_what_holds_plant_for_a_quote_is_told_apart_from_the_quote(desk):
    quote = told(desk("quote", "issue", *WAVE, "--json"))
    text = " ".join(desk("trace", "fibre:A-Z").split())
    assert "held by an offer or order: quote" in text
    assert quote["id"] in text


def test_a_declined_quote_is_told(desk):
    quote = told(desk("quote", "issue", *WAVE, "--json"))
    assert "is declined" in desk("quote", "decline", quote["id"])
    error = told(desk("quote", "decline", quote["id"], "--json", code=2))["error"]
    assert error["code"] == "illegal-transition"


def test_an_order_goes_leg_by_leg_to_an_active_product(desk):
    order = sold(desk)
    assert order["state"] == "completed"
    assert "WAVE-100G-1P1" in desk("service", "list", "--state", "active")
    (product,) = told(desk("service", "list", "--buyer", "CT", "--json"))["products"]
    assert product["state"] == "active"
    assert "leg.complete" in desk("order", "show", order["id"], "--log")
    log = told(desk("order", "show", order["id"], "--log", "--json"))["log"]
    assert log[0]["action"] == "order.place"
    assert "OP1 working" in desk("order", "show", order["id"])


def test_a_product_is_traced_and_so_is_a_fibre(desk):
    order = sold(desk)
    text = desk("trace", order["product"])
    assert "oms A-Z" in text
    hops = told(desk("trace", order["product"], "--json"))["hops"]
    assert {hop["kind"] for hop in hops} >= {"wave", "oms", "fibre", "port"}
    riders = told(desk("trace", "fibre:A-Z", "--json"))["riders"]
    assert riders[-1]["id"] == order["product"]
    assert "WAVE-100G-1P1" in desk("trace", "fibre:A-Z")
    assert "Nothing rides here." in desk("trace", "number:A")


def test_all_that_planned_works_hit_is_told_from_their_list(desk, tmp_path):
    order = sold(desk)
    works = csv_file(tmp_path / "works.csv", "what,why", "fibre:A-Z,works", "fibre:A-B,works")
    hit = tmp_path / "hit.xlsx"
    text = desk("trace", "--from", str(works), "--to", str(hit))
    assert "working and protection sold, hit too" in " ".join(text.split())
    sides = {row["rider"]: row["sides"] for row in rows_of(hit) if row["sides"]}
    assert sides == {order["product"]: "working; protection"}
    unknown = csv_file(tmp_path / "works.csv", "what", "A-Q", "fibre:A-B", "B-Q")
    error = told(desk("trace", "--from", str(unknown), "--json", code=2))["error"]
    assert [(one["code"], one["row"]) for one in error["findings"]] == [
        ("unknown-plant", 2),
        ("unknown-plant", 4),
    ]
    both = told(desk("trace", order["product"], "fibre:A-B", "--json", code=2))["error"]
    assert "is a product: trace it by itself" in both["message"]
    template = tmp_path / "t.csv"
    desk("trace", "--template", str(template))
    assert [*rows_of(template)[0]] == ["what", "why"]
    assert "name WHAT" in told(desk("trace", "--json", code=2))["error"]["message"]


def test_what_is_hit_at_a_span_is_told_by_its_name_with_ends_and_second_ways(desk, monkeypatch):
    network = bootstrap.selling("").network
    monkeypatch.setattr(bootstrap, "network_source", lambda folder: GivenNetwork(network))
    order = sold(desk)
    last = told(desk("trace", "a-z", "--json"))["riders"][-1]
    assert (last["id"], last["a"], last["z"]) == (order["product"], "A", "Z")
    assert last["isProtected"] is True
    text = desk("trace", "A-Z")
    assert "Second way" in text
    assert "sold" in text
    error = told(desk("trace", "A-Q", "--json", code=2))["error"]
    assert "Did you mean A-Z" in error["message"]


def test_a_leg_that_waits_for_all_others_says_so(desk):
    quote = told(desk("quote", "issue", *WAVE, "--json"))
    order = told(desk("order", "place", quote["id"], "--buyer", "CT", "--json"))
    assert "all others" in desk("order", "show", order["id"])
    desk("order", "leg", order["id"], "all", "start")
    ready = told(desk("order", "leg", order["id"], "all", "complete", "--json"))
    assert [leg["state"] for leg in ready["legs"]].count("completed") == len(ready["legs"]) - 1


def test_a_product_is_ceased_and_an_order_called_off(desk):
    order = sold(desk)
    gone = told(desk("service", "cease", order["product"], "--buyer", "CT", "--json"))
    assert gone["action"] == "delete"
    assert "cancelled" in desk("order", "cancel", gone["id"])
    assert told(desk("order", "show", gone["id"], "--json"))["state"] == "cancelled"
    assert "No open order is past its day." in desk("order", "late")


def test_late_orders_are_told(desk, monkeypatch):
    quote = told(desk("quote", "issue", *WAVE, "--json"))
    order = told(desk("order", "place", quote["id"], "--buyer", "CT", "--json"))
    clock = bootstrap.moments()
    clock.moment = clock.moment.replace(year=2027)
    (late,) = told(desk("order", "late", "--json"))["orders"]
    assert late["id"] == order["id"]
    assert "2027-11-01" in desk("order", "late")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("quote", "show", "nowhere"), "not-found"),
        (("quote", "issue", *WAVE, "--level", "soft"), "bad-question"),
        (("quote", "issue", *WAVE, "--days", "0"), "bad-question"),
        (("quote", "issue", *WAVE, "--set", "colour=red"), "bad-question"),
        (
            (
                "quote",
                "issue",
                "WAVE-100G",
                "--buyer",
                "P1",
                "--set",
                "a_site=A",
                "--set",
                "z_site=Z",
            ),
            "not-eligible",
        ),
        (("order", "place", "nowhere", "--buyer", "CT"), "not-found"),
        (("order", "leg", "nowhere", "x", "jump"), "bad-question"),
        (("service", "list", "--state", "gone"), "bad-question"),
        (("trace", "fibre:nowhere"), "not-found"),
    ],
)
def test_what_is_wrong_is_told_with_its_code_and_exit_code_2(desk, words, code):
    assert told(desk(*words, "--json", code=2))["error"]["code"] == code


def test_a_refusal_says_what_would_be_right(desk):
    quote = told(desk("quote", "issue", *WAVE, "--level", "budgetary", "--json"))
    error = told(desk("order", "place", quote["id"], "--buyer", "CT", "--json", code=2))["error"]
    assert error["code"] == "quote-not-orderable"
    assert "Instead: ask for a firm quote" in error["message"]


@pytest.mark.parametrize("words", [["a_site"], ["=GIL"], ["a=1", "a=2"]])
def test_values_are_names_with_values_each_once(words):
    with pytest.raises(Exception, match="NAME=VALUE|each characteristic once"):
        sales_options.values_from_words(words)


def test_the_store_is_the_option_or_the_variable_or_the_default(monkeypatch):
    monkeypatch.delenv(sales_options.STORE_VARIABLE, raising=False)
    assert sales_options.store_word("x.db") == "x.db"
    assert sales_options.store_word("") == "karakoram.db"
    monkeypatch.setenv(sales_options.STORE_VARIABLE, "postgresql://")
    assert sales_options.store_word("") == "postgresql://"
