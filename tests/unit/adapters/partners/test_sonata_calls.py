"""A partner is asked over HTTP, again where no answer comes, and never twice for one thing."""

from dataclasses import replace

import httpx2
import pytest

from karakoram.adapters.partners.sonata_answers import OrderAnswer
from karakoram.adapters.partners.sonata_calls import (
    ANSWER_BYTES_MAX,
    FIRST_WAIT_S,
    TRIES_MAX,
    WAIT_MAX_S,
    RetryWaits,
    SonataCalls,
)
from karakoram.usecases.buy.partner_ports import PartnerError, PartnerSilentError
from tests.support.partnering import NoWaits, account

ORDER = {
    "id": "o",
    "state": "acknowledged",
    "productOrderItem": [{"action": "add", "product": {}}],
}
TOKEN = {"access_token": "t", "token_type": "Bearer", "expires_in": 3600}


class Server:
    """Answers one after another; an exception is raised instead."""

    def __init__(self, *answers, token=(200, TOKEN)):
        self.answers, self.token, self.seen, self.logins = list(answers), token, [], 0
        self.clock = NoWaits()

    def __call__(self, request):
        if request.url.path == "/oauth2/token":
            self.logins += 1
            status, body = self.token
            return httpx2.Response(status, json=body)
        self.seen.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body, *headers = answer
        raw = body if isinstance(body, bytes) else httpx2.Response(status, json=body).content
        return httpx2.Response(status, content=raw, headers=headers[0] if headers else {})

    def calls(self, **more):
        transport = httpx2.MockTransport(self)
        return SonataCalls(account(**more), transport=transport, waiting=self.clock.waiting())

    def get(self, **more):
        return self.calls(**more).get("/order/o", OrderAnswer)

    def post(self, made=lambda: None):
        return self.calls().post("/order", {"a": 1}, OrderAnswer, made=made)


def test_both_sides_are_named_with_every_request_and_the_token_is_kept():
    server = Server((200, ORDER), (200, ORDER))
    calls = server.calls()
    for _ in range(2):
        assert calls.get("/order/o", OrderAnswer).id == "o"
    assert server.logins == 1
    first = server.seen[0]
    assert dict(first.url.params) == {"buyerId": "CT", "sellerId": "OP1"}
    assert first.headers["authorization"] == "Bearer t"


@pytest.mark.parametrize(
    "trouble",
    [
        httpx2.ConnectError("refused"),
        httpx2.ReadTimeout("slow"),
        httpx2.RemoteProtocolError("cut"),
        (503, {}),
        (500, {}),
        (429, {}),
    ],
)
def test_what_may_pass_is_asked_again_after_waits_that_double(trouble):
    server = Server(trouble, trouble, trouble, (200, ORDER))
    assert server.get().id == "o"
    assert server.clock.waited_s == [FIRST_WAIT_S, 2 * FIRST_WAIT_S, 4 * FIRST_WAIT_S]


def test_a_partner_that_says_when_to_come_again_is_heard_within_reason():
    slow = (429, {}, {"Retry-After": "7"})
    never = (503, {}, {"Retry-After": "86400"})
    server = Server(slow, never, (200, ORDER))
    server.get()
    assert server.clock.waited_s == [7.0, WAIT_MAX_S]


def test_waits_of_many_clients_differ():
    assert RetryWaits(share=lambda: 1.0).wait_s(3, "") == 8 * FIRST_WAIT_S
    assert RetryWaits(share=lambda: 0.0).wait_s(60, "soon") == WAIT_MAX_S


def test_where_no_answer_comes_it_is_told_what_was_asked_and_that_nothing_is_lost():
    server = Server(*[httpx2.ReadTimeout("slow")] * TRIES_MAX)
    with pytest.raises(PartnerSilentError, match="GET /order/o in 5 tries: ReadTimeout") as told:
        server.get()
    assert told.value.code == "partner-unreachable"
    assert told.value.alternatives == ("ask again later: nothing is done twice",)


def test_what_an_earlier_try_has_made_is_taken_instead_of_a_second_one():
    server = Server(httpx2.ReadTimeout("slow"))
    made = OrderAnswer.model_validate(ORDER)
    assert server.post(made=lambda: made) is made
    assert len(server.seen) == 1


def test_what_the_last_try_has_made_is_found_too():
    answers = [None] * (TRIES_MAX - 1) + [OrderAnswer.model_validate(ORDER)]
    server = Server(*[(500, {})] * TRIES_MAX)
    assert server.post(made=lambda: answers.pop(0)).id == "o"


def test_a_token_that_is_refused_is_asked_for_anew_once():
    server = Server((401, {}), (200, ORDER))
    server.get()
    assert server.logins == 2
    server = Server((401, {}), (401, {"code": "invalidCredentials"}))
    with pytest.raises(PartnerError, match="invalidCredentials"):
        server.get()


def test_a_refusal_tells_the_words_and_the_place_of_the_partner():
    problem = {
        "code": "invalidValue",
        "reason": "no such site",
        "message": "a_site must be a site\x1b[2J",
        "propertyPath": "quoteItem.0.product",
        "referenceError": "https://one.test/errors/7",
    }
    server = Server((422, [problem]))
    with pytest.raises(PartnerError) as told:
        server.post()
    assert told.value.code == "partner-refused"
    assert told.value.where == "quoteItem.0.product"
    assert "422: invalidValue; no such site; a_site must be a site?[2J" in str(told.value)
    assert told.value.alternatives == ("see https://one.test/errors/7",)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, b"", "partner-not-found"),
        (301, b"", "partner-refused"),
        (200, b"<html>", "partner-malformed"),
        (200, b"[]", "partner-malformed"),
        (200, b'{"id": "o"}', "partner-malformed"),
        (200, b" " * (ANSWER_BYTES_MAX + 1), "partner-malformed"),
    ],
)
def test_what_is_no_answer_is_told(status, body, code):
    with pytest.raises(PartnerError) as told:
        Server((status, body)).get()
    assert told.value.code == code


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ((401, {"error": "invalid_client"}), "partner-log-in"),
        ((200, {"token": "t"}), "partner-malformed"),
        ((200, {"access_token": "t", "expires_in": 10**399}), "partner-malformed"),
        ((200, {"access_token": "t", "expires_in": -1}), "partner-malformed"),
        ((503, {}), "partner-unreachable"),
    ],
)
def test_who_is_not_let_in_is_told_so_without_the_secret(token, code):
    with pytest.raises(PartnerError) as told:
        Server(token=token).get(secret="hush-hush")
    assert told.value.code == code
    assert "hush-hush" not in f"{told.value} {told.value.alternatives} {told.value.where}"


def test_a_secret_that_is_not_there_is_not_sent_and_never_shown():
    server = Server()
    with pytest.raises(PartnerError, match="no secret stands in the test") as told:
        server.get(secret="")
    assert (told.value.code, server.logins) == ("partner-no-secret", 0)
    assert "hush-hush" not in repr(replace(account(), secret="hush-hush"))


def test_a_number_that_cannot_be_is_told_cut_short_and_a_word_never():
    told = {"access_token": "hush-hush" * 9_999, "expires_in": 10**399}
    with pytest.raises(PartnerError) as error:
        Server(token=(200, told)).get()
    assert "hush" not in str(error.value)
    with pytest.raises(PartnerError, match=r"expires_in: .*, got (inf|1e\+399|10{19}…)") as error:
        Server(token=(200, {**told, "access_token": "t"})).get()
    assert len(str(error.value)) < 200
