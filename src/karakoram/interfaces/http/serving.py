"""How does a server begin and end?"""

import errno
import gc
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from karakoram.core.errors import RefusedError
from karakoram.interfaces.http.app import application
from karakoram.interfaces.http.head_limit import LimitedHeads
from karakoram.interfaces.http.limits import RateLimits
from karakoram.interfaces.http.served import Served
from karakoram.interfaces.http.tokens import KEY_BYTES_MIN, Tokens
from karakoram.usecases.sell.sales_ports import Moments
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.store.client_ports import Secrets

BURST_S = 2
"""Seconds of requests that a client may send at once."""
LOG_INS_A_MINUTE = 30
"""From one address; each takes 50 ms of the machine."""
OBJECTS_BETWEEN_LOOKS = 10_000
"""More than a read makes; a quote makes several times as many, most of them gone at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """Where a server listens, and what it bears."""

    host: str
    port: int
    requests_a_second: float
    """Of one client, for long."""
    base_url: str = ""
    """What addresses in answers begin with; empty for host and port."""
    token_key: bytes = b""
    """Empty for one of this server's own, so that tokens end with it."""
    is_quiet: bool = False
    """Whether requests are not told."""


def serve(
    options: ServerOptions,
    *,
    selling: Selling,
    settling: Settling,
    moments: Moments,
    secrets: Secrets,
    told: Callable[[str], None],
) -> None:
    """Serve until a signal ends it; ``told`` gets the address, then a line of each request.

    Raises
    ------
    RefusedError
        With code ``cannot-listen``, before anything is told.
    """
    _refuse_deaf(options)
    address = options.base_url.rstrip("/") or f"http://{options.host}:{options.port}"
    served = served_from(
        options,
        selling=selling,
        settling=settling,
        moments=moments,
        secrets=secrets,
        base_url=address,
    )
    app = application(served, tell=None if options.is_quiet else told)
    told(f"Serving at {address}; its description: /openapi.json")
    # What was made ready stays for as long as the server: nobody need look through it for waste,
    # and what one answer needs meanwhile is mostly gone before it is looked through at all.
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    uvicorn.run(
        app,
        host=options.host,
        port=options.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        http=LimitedHeads,
        ws="none",
    )


def _refuse_deaf(options: ServerOptions) -> None:
    """Refuse an address at which nothing can be heard: none of ours, or taken by another."""
    try:
        _listen_once(options.host, options.port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RefusedError(
            f"nothing can listen at {options.host}, port {options.port}: {reason}",
            code="cannot-listen",
            where=options.host,
            alternatives=("name another --port", "name an address of this machine with --host"),
        ) from error


def _listen_once(host: str, port: int) -> None:
    """Bind each address of a name once; one that this machine lacks may be among others.

    Raises
    ------
    OSError
        If one is taken or forbidden, or none is this machine's.
    """
    lacking: OSError | None = None
    is_heard = False
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    for family, kind, protocol, _, place in found:
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(place)
            except OSError as error:
                if error.errno != errno.EADDRNOTAVAIL:
                    raise
                lacking = error
            else:
                is_heard = True
    if lacking is not None and not is_heard:
        raise lacking


def served_from(
    options: ServerOptions,
    *,
    selling: Selling,
    settling: Settling,
    moments: Moments,
    secrets: Secrets,
    base_url: str,
) -> Served:
    """What the application shares, by the options."""
    return Served(
        selling=selling,
        settling=settling,
        moments=moments,
        secrets=secrets,
        tokens=Tokens(key=options.token_key or os.urandom(KEY_BYTES_MIN)),
        limits=RateLimits(
            per_second=options.requests_a_second,
            burst=max(1, round(BURST_S * options.requests_a_second)),
        ),
        log_in_limits=RateLimits(per_second=LOG_INS_A_MINUTE / 60, burst=LOG_INS_A_MINUTE),
        base_url=base_url,
    )
