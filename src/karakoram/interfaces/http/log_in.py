"""How does a client log in? With its secret, for a token (RFC 6749)."""

import time
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.security.utils import get_authorization_scheme_param
from pydantic_core import to_json

from karakoram.core.names import identifier_breach
from karakoram.interfaces.http.basic import credentials_from_word
from karakoram.interfaces.http.paths import LOG_IN
from karakoram.interfaces.http.refusals import AskedTooOftenError
from karakoram.interfaces.http.served import Served, served_by
from karakoram.sales.api_clients import ApiClient, ClientKind
from karakoram.sales.change_log import Deed
from karakoram.usecases.store.manage_clients import LogIn, log_client_in

_ADDRESS_CHARACTERS_MAX = 100
"""The longest address, of IPv6 with a zone, has less."""
router = APIRouter(tags=["log-in"])

Word = Annotated[str, Form(max_length=200)]


@router.post(LOG_IN, openapi_extra={"x-answer": "Token"})
def log_in(
    request: Request,
    *,
    grant_type: Word,
    client_id: Word = "",
    client_secret: Word = "",
    username: Word = "",
    password: Word = "",
) -> Response:
    """A token for a program (``client_credentials``) or a person (``password``)."""
    served = served_by(request)
    address = caller_word(request.client.host if request.client is not None else "unknown")
    wait_s = served.log_in_limits.wait_s(address, time.monotonic())
    if wait_s:
        raise AskedTooOftenError(wait_s)
    if grant_type == "client_credentials":
        scheme, word = get_authorization_scheme_param(request.headers.get("authorization"))
        told = credentials_from_word(word) if scheme.casefold() == "basic" else None
        name, secret = told or (client_id, client_secret)
        kind = ClientKind.PROGRAM
    elif grant_type == "password":
        name, secret, kind = username, password, ClientKind.PERSON
    else:
        return _refused("unsupported_grant_type", status=400)
    if identifier_breach(name) is not None or not secret:
        return _refused("invalid_request", status=400)
    deed = Deed(who=address, why="", at=served.moments.now())
    client = log_client_in(
        LogIn(client_id=name, secret=secret, kind=kind),
        deed=deed,
        store=served.selling.store,
        ids=served.selling.ids,
        secrets=served.secrets,
    )
    if client is None:
        return _refused("invalid_client" if kind is ClientKind.PROGRAM else "invalid_grant")
    return _token(client, served)


def caller_word(host: str) -> str:
    r"""The address of a caller as it is counted and logged: a proxy may have passed on any word.

    >>> caller_word("203.0.113.7"), caller_word("fe80::1%eth0"), caller_word("a\x9b31m b")
    ('203.0.113.7', 'fe80::1%eth0', 'a%C2%9B31m%20b')
    """
    return quote(host, safe=":%")[:_ADDRESS_CHARACTERS_MAX]


def _token(client: ApiClient, served: Served) -> Response:
    body = {
        "access_token": served.tokens.new_token(client.client_id, served.moments.now()),
        "token_type": "Bearer",
        "expires_in": served.tokens.life_s,
        "scope": " ".join(role.value for role in client.roles),
    }
    return _answer(body, status=200)


def _refused(error: str, *, status: int = 401) -> Response:
    """An error of RFC 6749, section 5.2."""
    return _answer({"error": error}, status=status)


def _answer(body: dict[str, Any], *, status: int) -> Response:
    headers = {"Cache-Control": "no-store"}
    if status == 401:  # noqa: PLR2004  (a status of HTTP)
        headers["WWW-Authenticate"] = 'Basic realm="karakoram"'
    return Response(
        to_json(body), status_code=status, media_type="application/json", headers=headers
    )
