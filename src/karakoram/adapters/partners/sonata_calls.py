"""How is a partner asked over HTTP, and asked again when no answer comes?

A client logs in with OAuth 2.0 client credentials (RFC 6749, section 4.4). What fails on the way,
and what a partner says it cannot answer now, is asked again after a wait that doubles each time.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from random import SystemRandom
from typing import TypeVar

import httpx2
from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from karakoram.adapters.partners.sonata_answers import AccessToken, told_problem
from karakoram.usecases.buy.partner_ports import PartnerAccount, PartnerError, PartnerSilentError

AnswerT = TypeVar("AnswerT", bound=BaseModel)

TRIES_MAX = 5
FIRST_WAIT_S = 0.25
WAIT_MAX_S = 30.0
"""Also of what a partner asks for in ``Retry-After``: more is for the next time."""
ANSWER_BYTES_MAX = 8 * 2**20
"""A list of 200 orders has some 30 kB; more than this is no answer."""
_EARLY_S = 30.0
"""So long before its end a token is not used any more."""
_SHOWN_MAX = 20
"""Characters of a number that a partner told."""
_NOTHING = b"{}"
"""What an answer without a body says."""
_LATER = frozenset({429, 500, 502, 503, 504})
"""Statuses that may pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryWaits:
    """How a client waits; tests do not."""

    sleep: Callable[[float], None] = time.sleep
    monotonic_s: Callable[[], float] = time.monotonic
    share: Callable[[], float] = SystemRandom().random
    """Between 0 and 1: clients that failed together do not come back together."""

    def wait_s(self, tried: int, retry_after: str) -> float:
        """Seconds after the ``tried``-th try: what the partner asks for, else twice as many."""
        if retry_after.isdecimal():
            return min(WAIT_MAX_S, float(retry_after))
        doubled = FIRST_WAIT_S * 2.0 ** (tried - 1)
        return min(WAIT_MAX_S, float(doubled * (1.0 + self.share())))


class SonataCalls:
    """Sends requests to one partner."""

    __slots__ = ("_account", "_http", "_token", "_token_until_s", "_waiting")

    def __init__(
        self,
        account: PartnerAccount,
        *,
        transport: httpx2.BaseTransport | None = None,
        waiting: RetryWaits | None = None,
    ) -> None:
        """Take how to log in; nothing is sent yet."""
        self._account = account
        self._waiting = waiting or RetryWaits()
        self._http = httpx2.Client(
            timeout=account.timeout_s, transport=transport, follow_redirects=False
        )
        self._token, self._token_until_s = "", 0.0

    @property
    def partner(self) -> str:
        """Whom we ask."""
        return self._account.terms.operator_id

    def get(
        self, path: str, answer: type[AnswerT], *, params: Mapping[str, str] | None = None
    ) -> AnswerT:
        """What stands at a path.

        Raises
        ------
        PartnerError
            If the partner refuses, or its answer has another form.
        PartnerSilentError
            If no answer came.
        """
        return self._ask("GET", path, answer, params=params or {})

    def post(
        self,
        path: str,
        form: Mapping[str, object],
        answer: type[AnswerT],
        *,
        made: Callable[[], AnswerT | None],
    ) -> AnswerT:
        """What comes of a form.

        Parameters
        ----------
        path
            Where it is sent.
        form
            What is sent.
        answer
            The form of the answer.
        made
            Looks for what an earlier try, whose answer was lost, has made.

        Raises
        ------
        PartnerError, PartnerSilentError
            As for :meth:`get`.
        """
        return self._ask("POST", path, answer, form=form, made=made)

    def _ask(
        self,
        method: str,
        path: str,
        answer: type[AnswerT],
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, object] | None = None,
        made: Callable[[], AnswerT | None] = lambda: None,
    ) -> AnswerT:
        terms = self._account.terms
        named = {"buyerId": terms.buyer_id, "sellerId": terms.seller_id, **(params or {})}
        request = {"params": named, **({} if form is None else {"content": to_json(form)})}
        why = ""
        is_renewed = False
        for tried in range(1, TRIES_MAX + 1):
            retry_after = ""
            try:
                status, body, retry_after = self._send(method, f"{terms.url}{path}", request)
            except httpx2.TransportError as error:
                why = f"{type(error).__name__} {error}".strip()
            else:
                if status == HTTPStatus.UNAUTHORIZED and not is_renewed:
                    self._token, is_renewed = "", True
                    continue
                if status not in _LATER:
                    return self._read(f"{method} {path}", answer, status=status, body=body)
                why = f"status {status}"
            if tried < TRIES_MAX:
                self._waiting.sleep(self._waiting.wait_s(tried, retry_after))
            found = made()
            if found is not None:
                return found
        raise self._silent(f"{method} {path}", why)

    def _send(self, method: str, url: str, request: Mapping[str, object]) -> tuple[int, bytes, str]:
        """Status, body and ``Retry-After`` of the answer to one try."""
        headers = {
            "Authorization": f"Bearer {self._known_token()}",
            "Content-Type": "application/json",
        }
        with self._http.stream(method, url, headers=headers, **request) as answer:  # type: ignore[arg-type]
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > ANSWER_BYTES_MAX:
                    raise self._malformed(f"{method} {url}", "is too long to be an answer")
            return answer.status_code, body, answer.headers.get("retry-after", "")

    def _read(self, asked: str, answer: type[AnswerT], *, status: int, body: bytes) -> AnswerT:
        if not HTTPStatus(200) <= status < HTTPStatus.MULTIPLE_CHOICES:
            problem = told_problem(body)
            raise PartnerError(
                f"{self.partner} refused {asked} with {status}: {problem.text}",
                code="partner-not-found" if status == HTTPStatus.NOT_FOUND else "partner-refused",
                where=problem.where,
                alternatives=problem.alternatives,
            )
        try:
            return answer.model_validate_json(body or _NOTHING)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            place = ".".join(map(str, first["loc"]))
            what = f"{place}: {first['msg']}{_got(first['input'])}".lstrip(": ")
            raise self._malformed(asked, what) from None

    def _known_token(self) -> str:
        """A token that still holds; a new one where there is none."""
        now_s = self._waiting.monotonic_s()
        if self._token and now_s < self._token_until_s:
            return self._token
        account = self._account
        if not account.secret:
            raise PartnerError(
                f"no secret stands in {account.terms.secret_from}",
                code="partner-no-secret",
                where=self.partner,
                alternatives=(f"put the client's secret into {account.terms.secret_from}",),
            )
        answer = self._http.post(
            account.token_url,
            data={"grant_type": "client_credentials"},
            auth=(account.terms.client_id, account.secret),
        )
        if answer.status_code in _LATER:
            raise httpx2.ConnectError(f"{account.token_url} has status {answer.status_code}")
        if answer.status_code != HTTPStatus.OK:
            raise PartnerError(
                f"{self.partner} does not let {account.terms.client_id} log in at "
                f"{account.token_url}: {answer.status_code} {told_problem(answer.content).text}",
                code="partner-log-in",
                where=self.partner,
                alternatives=(
                    f"put the secret that {self.partner} gave into {account.terms.secret_from}",
                ),
            )
        token = self._read("POST token", AccessToken, status=HTTPStatus.OK, body=answer.content)
        self._token = token.access_token
        self._token_until_s = now_s + max(1.0, token.expires_in - _EARLY_S)
        return self._token

    def _malformed(self, asked: str, what: str) -> PartnerError:
        return PartnerError(
            f"the answer of {self.partner} to {asked} {what}",
            code="partner-malformed",
            where=self.partner,
            alternatives=("the partner answers as MEF LSO Sonata says",),
        )

    def _silent(self, asked: str, why: str) -> PartnerSilentError:
        return PartnerSilentError(
            f"{self.partner} gave no answer to {asked} in {TRIES_MAX} tries: {why}",
            code="partner-unreachable",
            where=self.partner,
            alternatives=("ask again later: nothing is done twice",),
        )


def _got(value: object) -> str:
    """What a number was, cut short; of words nothing, as they may be a secret."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    text = str(value)
    return f", got {text}" if len(text) <= _SHOWN_MAX else f", got {text[:_SHOWN_MAX]}…"
