"""The file of partners is read whole, or every mistake in it is told; no secret ever is."""

import pytest

from karakoram.adapters.formats.json_partners import json_from_partner
from karakoram.adapters.formats.partners_file import PartnersFile
from karakoram.core.errors import InvalidDataError
from karakoram.usecases.buy.partner_ports import PartnersSource

CONTACT = '[contact]\nname = "desk"\nemail = "d@us.test"\nnumber = "+1"\n'
ONE = (
    '[ONE]\nurl = "https://one.test/"\nbuyer_id = "US"\nclient_id = "us"\n'
    'client_secret_env = "ONE_SECRET"\n'
)


def read(tmp_path, text, **environment):
    file = tmp_path / "partners.toml"
    file.write_text(text, encoding="utf-8")
    return PartnersFile(file, environment).read_accounts()


def wrong(tmp_path, text):
    with pytest.raises(InvalidDataError) as told:
        read(tmp_path, text, ONE_SECRET="hush-hush")
    assert "hush-hush" not in str(told.value)
    return {(each.place.record, each.place.field, each.code) for each in told.value.findings}


def test_a_partner_is_read_with_its_secret_from_a_variable(tmp_path):
    more = '[ONE.sites]\nRWP = "RAW-1"\n[ONE.offerings.WAVE-100G-1P1]\noffering = "W"\n'
    (account,) = read(tmp_path, CONTACT + ONE + more, ONE_SECRET=" hush-hush\n")
    terms = account.terms
    assert (account.secret, terms.has_secret) == ("hush-hush", True)
    assert (terms.url, account.token_url) == ("https://one.test", "https://one.test/oauth2/token")
    assert (terms.seller_id, account.timeout_s) == ("ONE", 30.0)
    assert terms.offerings["WAVE-100G-1P1"].passed == ("term_months",)
    assert terms.sites == {"RWP": "RAW-1"}
    assert "hush-hush" not in f"{account} {json_from_partner(terms)}"
    assert isinstance(PartnersFile(tmp_path / "x"), PartnersSource)


def test_a_secret_may_stand_in_a_file_beside(tmp_path):
    (tmp_path / "one.secret").write_text("hush-hush\n", encoding="utf-8")
    text = CONTACT + ONE.replace(
        'client_secret_env = "ONE_SECRET"', 'client_secret_file = "one.secret"'
    )
    assert read(tmp_path, text)[0].secret == "hush-hush"


def test_a_secret_that_is_nowhere_is_no_mistake_of_the_file(tmp_path):
    (account,) = read(tmp_path, CONTACT + ONE)
    assert (account.secret, account.terms.has_secret) == ("", False)
    assert account.terms.secret_from == "the variable ONE_SECRET"
    text = CONTACT + ONE.replace("client_secret_env", "client_secret_file")
    assert not read(tmp_path, text)[0].terms.has_secret


def test_every_mistake_is_told_at_its_place(tmp_path):
    text = (
        'contact = 3\n[ONE]\nurl = "ftp://one.test"\nbuyer_id = ""\nclient_id = 3\n'
        'timeout_s = 0.0\nclientsecret = "x"\n[ONE.offerings.A]\noffring = "B"\n'
        '[TWO]\nurl = "http://two.test"\nbuyer_id = "US"\nclient_id = "us"\n'
    )
    assert wrong(tmp_path, text) == {
        ("contact", None, "wrong-type"),
        ("ONE", "buyer_id", "wrong-type"),
        ("ONE", "client_id", "wrong-type"),
        ("ONE", "timeout_s", "wrong-type"),
        ("ONE", "clientsecret", "unknown-field"),
        ("ONE", "offerings.A.offring", "unknown-field"),
        ("ONE", "offerings.A.offering", "missing-value"),
        ("TWO", "url", "partner-not-secure"),
        ("TWO", "client_secret_env", "broken-rule"),
    }


@pytest.mark.parametrize(
    "address",
    ["one.test", "ftp://one.test", "http://one.test", "https://", "https://us:pw@one.test",
     "https://one.test/?a=b", "https://one.test:port", "https://[::1"],
)  # fmt: skip
def test_an_address_that_is_none_or_gives_secrets_away_is_refused(tmp_path, address):
    text = CONTACT + ONE.replace("https://one.test/", address)
    assert wrong(tmp_path, text) == {("ONE", "url", "partner-not-secure")}


@pytest.mark.parametrize("address", ["http://localhost:1", "http://127.0.0.1", "http://[::1]:8"])
def test_plain_http_is_for_the_machine_itself(tmp_path, address):
    assert read(tmp_path, CONTACT + ONE.replace("https://one.test/", address))


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty-table"), (CONTACT, "empty-table"), ("[", "not-toml"), ("\ufeff\x00", "not-toml")],
)
def test_what_is_no_file_of_partners_is_told(tmp_path, text, code):
    found = wrong(tmp_path, text)
    assert {each[2] for each in found} <= {code, "empty-file", "nul-byte"}


def test_without_a_contact_every_key_of_it_is_missing(tmp_path):
    assert wrong(tmp_path, ONE) == {
        ("contact", key, "missing-value") for key in ("name", "email", "number")
    }
