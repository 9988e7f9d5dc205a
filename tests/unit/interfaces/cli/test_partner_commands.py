"""What a person reads of legs that are bought, and how long a command follows them."""

import json

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.core.provenance import Confidence
from karakoram.interfaces.cli import partner_options, partner_screen
from karakoram.interfaces.cli.commands import (
    partner_compare,
    partner_follow,
    partner_list,
    partner_order,
    partner_qualify,
    partner_quote,
)
from karakoram.interfaces.cli.main import app
from karakoram.usecases.buy.partner_legs import Buying
from tests.support.fake_partner import PRICE, FakePartner
from tests.support.memory_store import FixedMoment
from tests.support.partnering import PARTNER, account
from tests.support.selling import START, ordered, quoted, seller, wave

COMMANDS = (
    partner_compare,
    partner_follow,
    partner_list,
    partner_order,
    partner_qualify,
    partner_quote,
)


class Buyer:
    """Runs commands on one store, with one partner; ``while_waiting`` happens at each pause."""

    def __init__(self, monkeypatch):
        self.selling, self.partner = seller(), FakePartner()
        self.paused, self.while_waiting = [], lambda: None
        self.order = ordered(self.selling, quoted(self.selling, wave(), "q"), "o")
        buying = Buying(
            store=self.selling.store, ids=self.selling.ids, partners={PARTNER: self.partner}
        )
        monkeypatch.setattr(bootstrap, "buying", lambda word, *, partners: buying)
        monkeypatch.setattr(bootstrap, "moments", lambda: FixedMoment(START))
        monkeypatch.setattr(bootstrap, "pause", lambda: self)
        monkeypatch.setattr(bootstrap, "partners_source", lambda path: self)

    def read_accounts(self):
        return (account(),)

    def wait(self, seconds):
        self.paused.append(seconds)
        self.while_waiting()

    def run(self, *words, code=0):
        """What stands on the screen, words apart by one space, and beside it."""
        given = ["partner", *map(str, words)]
        answer = CliRunner().invoke(app, given, env={"COLUMNS": "200"})
        assert answer.exit_code == code, answer.output
        return " ".join(answer.stdout.split()), answer.stderr

    def told(self, *words, code=0):
        out, err = self.run(*words, "--json", code=code)
        assert err == ""
        return json.loads(out)

    def bought(self):
        self.run("order", self.order.product_order_id, "--dearer")

    def ends_at_pause(self, count, what="completed"):
        """The partner's order comes to an end while we wait for the ``count``-th time."""

        def work():
            if len(self.paused) == count:
                self.partner.work(what)

        self.while_waiting = work


@pytest.fixture
def buyer(monkeypatch):
    return Buyer(monkeypatch)


def test_partners_are_listed_without_a_secret(buyer):
    shown, _ = buyer.run("list")
    assert "OP1 http://karakoram.test CT the test yes WAVE-100G" in shown
    assert account().secret not in shown
    assert partner_list.app is not partner_options.PartnersPath


def test_an_answer_to_whether_a_leg_can_be_had_shows_days_and_reason(buyer):
    shown, _ = buyer.run("qualify", buyer.order.product_order_id)
    assert "OP1 working OP1 green 7 (assumed) -" in shown
    buyer.partner.confidence = "red"
    buyer.partner.days_trust = {"days_confidence": Confidence.DERIVED}
    shown, _ = buyer.run("qualify", buyer.order.product_order_id, code=1)
    assert "OP1 working OP1 red 7 (derived) no fibre is free" in shown
    (leg,) = json.loads(buyer.run("qualify", buyer.order.product_order_id, "--json", code=1)[0])[
        "legs"
    ]
    assert (leg["serviceabilityConfidence"], leg["installationDaysConfidence"]) == (
        "red",
        "derived",
    )


def test_a_quoted_leg_shows_its_price_and_an_ordered_one_what_the_partner_calls_it(buyer):
    shown, _ = buyer.run("quote", buyer.order.product_order_id)
    assert f"OP1 working OP1 quoted - {PRICE} (stated) -" in shown
    buyer.bought()
    buyer.partner.work("inProgress")
    shown, beside = buyer.run("follow")
    assert f"OP1 working OP1 ordered inProgress {PRICE} (stated) o1" in shown
    assert beside == ""
    (told,) = json.loads(buyer.run("follow", "--json")[0])["purchases"]
    assert told["price"]["confidence"] == "stated"
    assert buyer.paused == []


def test_nothing_that_is_bought_is_said_in_words(buyer):
    assert buyer.run("follow")[0] == "Nothing is bought."
    assert buyer.run("compare")[0] == "Nothing is bought."


def test_a_partner_that_is_silent_or_dearer_is_told_beside_the_table(buyer):
    buyer.partner.is_silent = True
    _, beside = buyer.run("quote", buyer.order.product_order_id, code=1)
    assert "OP1 gave no answer" in beside
    buyer.partner.is_silent = False
    buyer.partner.price = partner_price(buyer, times=1_000)
    shown, beside = buyer.run("order", buyer.order.product_order_id, code=1)
    assert "quoted" in shown
    assert "--dearer" in beside


def partner_price(buyer, *, times):
    price = buyer.partner.price
    return type(price)(
        mrc=type(price.mrc)(price.mrc.minor * times, "USD"),
        nrc=type(price.nrc)(price.nrc.minor, "USD"),
    )


def test_an_end_that_is_none_is_shown_with_its_reason(buyer):
    buyer.bought()
    buyer.partner.work("rejected")
    shown, _ = buyer.run("follow")
    assert "refused rejected" in shown
    assert "OP1 working: partner-rejected: order o1 of OP1 is rejected" in shown


def test_what_both_sides_have_is_compared_and_told_apart(buyer):
    buyer.bought()
    assert buyer.run("compare")[1] == ""
    buyer.partner.work("inProgress")
    _, beside = buyer.run("compare", PARTNER, code=1)
    assert "the order is inProgress there, and acknowledged" in beside
    buyer.run("compare", "NOBODY", code=2)


def test_a_command_that_is_left_to_run_ends_once_nothing_waits_for_the_partner(buyer):
    buyer.bought()
    buyer.ends_at_pause(3)
    shown, beside = buyer.run("follow", "--until-done", "--interval", 20)
    assert buyer.paused == [20.0] * 3
    assert "active completed" in shown
    name = f"OP1 working of {buyer.order.product_order_id}"
    assert beside.splitlines() == [
        f"{name}: ordered, OP1 says acknowledged",
        f"{name}: active, OP1 says completed",
    ]
    assert buyer.told("follow", "--until-done")["purchases"][0]["state"] == "active"
    assert len(buyer.paused) == 3


def test_what_is_left_after_so_many_looks_is_told_by_the_exit_code(buyer):
    buyer.bought()
    told = buyer.told("follow", "--until-done", "--looks", 2, code=1)
    assert (told["purchases"][0]["state"], told["findings"]) == ("ordered", [])
    assert buyer.paused == [partner_follow.INTERVAL_S]
    buyer.run("follow", "--until-done", "--looks", 1, code=1)
    buyer.run("follow", "--looks", 2, code=2)
    buyer.run("follow", "--interval", 5, code=2)


def test_what_waits_for_us_ends_it_and_is_left(buyer):
    buyer.run("quote", buyer.order.product_order_id)
    assert "quoted" in buyer.run("follow", "--until-done", code=1)[0]
    assert buyer.paused == []


def test_an_interruption_ends_it_between_two_looks_and_tells_how_things_stand(buyer):
    buyer.bought()

    def interrupted():
        buyer.partner.work("completed")
        raise KeyboardInterrupt

    buyer.while_waiting = interrupted
    told = buyer.told("follow", "--until-done", code=1)
    assert told["purchases"][0]["state"] == "ordered"
    buyer.run("follow")
    buyer.run("follow", "--until-done")


def test_an_interruption_before_the_first_look_is_one(buyer, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("karakoram.usecases.buy.follow_until_done.follow_purchases", interrupted)
    buyer.run("follow", "--until-done", code=130)


def test_a_line_that_fails_for_a_while_is_told_once_and_waited_for(buyer):
    buyer.bought()
    buyer.partner.is_silent = True

    def back():
        buyer.partner.is_silent = len(buyer.paused) < 3
        if not buyer.partner.is_silent:
            buyer.partner.work("completed")

    buyer.while_waiting = back
    shown, beside = buyer.run("follow", "--until-done")
    assert beside.count("OP1 gave no answer") == 1
    assert "active" in shown
    assert partner_screen.exit_code(()) == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_buying_tells_an_example(command):
    answer = CliRunner().invoke(command.app, ["--help"])
    assert "karakoram partner" in answer.stdout
