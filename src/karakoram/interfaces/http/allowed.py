"""May whoever calls a route call it?

Every route has an :class:`Allowed` among its dependencies; the application refuses to begin with
one that has none and is not listed as open.
"""

import time
from dataclasses import dataclass, field
from threading import Lock

from fastapi import Request

from karakoram.core.identifiers import ApiClientId
from karakoram.interfaces.http.access_log import note_caller
from karakoram.interfaces.http.refusals import AskedTooOftenError, NotAllowedError
from karakoram.interfaces.http.served import Call, Served, served_by
from karakoram.sales.api_clients import ApiClient, ClientRole
from karakoram.usecases.store.manage_clients import client_now

REVOKED_AFTER_S = 2.0
"""How long a client that is revoked may still be let in; it saves a look into the store."""


@dataclass(frozen=True, slots=True)
class KnownClients:
    """Clients as they stood a moment ago."""

    _known: dict[ApiClientId, tuple[float, ApiClient | None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def client(self, client_id: ApiClientId, served: Served) -> ApiClient | None:
        """The client, looked up again when it is not fresh; ``None`` where it may not come in."""
        now_s = time.monotonic()
        told_s, client = self._known.get(client_id, (-REVOKED_AFTER_S, None))
        if now_s - told_s < REVOKED_AFTER_S:
            return client
        client = client_now(client_id, store=served.selling.store)
        with self._lock:
            self._known[client_id] = (now_s, client)
        return client


@dataclass(frozen=True, slots=True)
class Allowed:
    """Lets clients in that have logged in, in one of the roles, and do not ask too often."""

    roles: frozenset[ClientRole]

    async def __call__(self, request: Request) -> Call:
        """The call, if it is allowed.

        Raises
        ------
        NotAllowedError, AskedTooOftenError
            If it is not.
        """
        served = served_by(request)
        client = _client(request, served)
        wait_s = served.limits.wait_s(client.client_id, time.monotonic())
        if wait_s:
            raise AskedTooOftenError(wait_s)
        if self.roles.isdisjoint(client.roles):
            words = ", ".join(sorted(role.value for role in self.roles))
            raise NotAllowedError(f"this is for {words}", is_known=True)
        return Call(served=served, client=client, request=request)


def allowed(*roles: ClientRole) -> Allowed:
    """Whoever has one of the roles, and the platform itself."""
    return Allowed(frozenset({*roles, ClientRole.ADMIN}))


def _client(request: Request, served: Served) -> ApiClient:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not token:
        raise NotAllowedError("no token; log in at /oauth2/token", is_known=False)
    client_id = served.tokens.bearer(token.strip(), served.moments.now())
    known = request.app.state.known_clients
    assert isinstance(known, KnownClients), "made by karakoram.interfaces.http.app"
    client = None if client_id is None else known.client(client_id, served)
    if client is None:
        raise NotAllowedError("the token is wrong or has ended; log in again", is_known=False)
    note_caller(request, client.client_id)
    return client
