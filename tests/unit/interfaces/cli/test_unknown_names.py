"""A command that narrows its answer to a name that nobody has refuses the name."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.adapters.store.opening import make_store
from karakoram.interfaces.cli.main import app
from tests.support.memory_store import FixedMoment
from tests.support.settling import settled_wave

NOW = datetime(2026, 12, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def told(tmp_path, monkeypatch):
    """What a command tells on a store with a wave that is active since November."""
    monkeypatch.setattr(bootstrap, "moments", lambda: FixedMoment(NOW))
    path = tmp_path / "store.db"
    store = make_store(str(path))
    _, _, product = settled_wave(store, started=datetime(2026, 11, 2, tzinfo=UTC))
    store.close()
    monkeypatch.setenv("KARAKORAM_STORE", str(path))

    def run(*words, code=2):
        done = CliRunner().invoke(
            app, [word.replace("PRODUCT", product.product_id) for word in words]
        )
        assert done.exit_code == code, done.output
        return done.output

    run("ledger", "open", "SCO", "Assets:Bank:USD", "USD", code=0)
    return run


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("invoice make --period 2026-11 --payer CTT", "there is no party 'CTT'. Did you mean CT?"),
        ("invoice make --period 2026-11 --seller SC0", "no book of SC0"),
        ("invoice list --payer CTT", "there is no party 'CTT'. Did you mean CT?"),
        ("service list --buyer CTT", "there is no party 'CTT'. Did you mean CT?"),
        ("order list --buyer CTT", "there is no party 'CTT'. Did you mean CT?"),
        ("quote list --buyer CTT", "there is no party 'CTT'. Did you mean CT?"),
        ("statement list --operator SC0", "with a statement or a book 'SC0'. Did you mean SCO?"),
        ("outage list --product PRODUCTX", "there is no product"),
        ("ledger show --book SC0", "there is no book 'SC0'. Did you mean SCO?"),
        ("ledger show --subject INV", "there is no transfer about 'INV'."),
        ("ledger show SCO/Assets:Bank:USX", "Did you mean SCO/Assets:Bank:USD?"),
        ("ledger balance SC0", "there is no book 'SC0'. Did you mean SCO?"),
        ("ledger export SC0 x.beancount", "there is no book 'SC0'. Did you mean SCO?"),
        ("ledger close SC0 2026-12-01", "there is no book 'SC0'. Did you mean SCO?"),
        ("ledger close SCO 2027-01-01", "today is 2026-12-20"),
        ("ledger open S/C Assets:X USD", "Account.book must hold no '/'"),
        ("client add x --role buyer --party CTT", "there is no party 'CTT'. Did you mean CT?"),
        ("client add x --party CT", "--role: is missing; name one of admin, seller_desk"),
        ("client add a:b --role buyer --party CT", "ApiClient.client_id must hold no ':'"),
        (
            "statement net --period 2026-11 --currency XXX",
            "--currency: currency must be a currency of ISO 4217",
        ),
        ("dxx open FOO", "name A, Z, --buyer, or a file with rows"),
        ("party add X --name X --kind operator --segment wholesale --country XX", "ISO 3166-1"),
        (
            "party add X --name X --kind operator --segment wholesale --country pk",
            "did you mean PK",
        ),
    ],
)
def test_what_nobody_is_called_is_refused(told, words, says):
    assert says in told(*words.split())


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("invoice make --period 2026-13 --payer CTT --seller SC0", {"period", "payer", "seller"}),
        ("invoice aged --payer CTT --seller SC0", {"payer", "seller"}),
        ("invoice list --payer CTT --state gone", {"payer", "state"}),
        ("quote list --buyer CTT --state gone", {"buyer", "state"}),
        ("ledger show S --book SC0 --subject I --after t", {"ACCOUNT", "book", "subject", "after"}),
    ],
)
def test_all_words_of_a_question_that_mean_nothing_are_told_at_once(told, words, fields):
    error = json.loads(told(*words.split(), "--json"))["error"]
    assert {each["field"] for each in error["findings"]} == fields


def test_known_names_are_answered_as_before(told):
    for words in (
        "invoice list --payer CT",
        "service list --buyer CT",
        "statement list --operator SCO",
        "outage list --product PRODUCT",
        "ledger show --book SCO",
    ):
        told(*words.split(), code=0)


def test_an_outage_is_over_when_it_is_told(told):
    outage = ("outage", "add", "TT-1", "--product", "PRODUCT", "--at-fault", "SCO", "--where",
              "A-Z", "--cause", "landslide", "--since", "2026-12-20T08:00Z")  # fmt: skip
    assert "but it is 2026-12-20 09:00 UTC now" in told(*outage, "--until", "2026-12-20T09:01Z")
    assert "must say its zone" in told(*outage, "--until", "2026-12-20T08:30")


def test_a_period_without_other_currencies_says_so(told):
    told("exchange", "report", "SCO", "--period", "2026-11", code=0)
    said = told("exchange", "report", "SCO", "--period", "2026-11", code=0)
    assert "SCO held and moved nothing in another currency in 2026-11" in said
