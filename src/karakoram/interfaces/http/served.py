"""What do all routes share, and who calls one?"""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request

from karakoram.core.identifiers import ApiClientId
from karakoram.interfaces.http.limits import RateLimits
from karakoram.interfaces.http.tokens import Tokens
from karakoram.sales.api_clients import ApiClient
from karakoram.sales.change_log import Deed
from karakoram.sales.viewing import Viewer
from karakoram.usecases.sell.sales_ports import Moments
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.store.client_ports import Secrets


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Served:
    """The parts of the outside, and what is decided once for a server."""

    selling: Selling
    settling: Settling
    """On the same store."""
    moments: Moments
    secrets: Secrets
    tokens: Tokens
    limits: RateLimits
    """Of requests by a client."""
    log_in_limits: RateLimits
    """Of log-ins from an address."""
    base_url: str
    """What addresses in answers begin with, without a slash at its end."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call:
    """One request of a client that is known and may come in."""

    served: Served
    client: ApiClient
    request: Request

    @property
    def selling(self) -> Selling:
        """What the use cases of sales need."""
        return self.served.selling

    @property
    def settling(self) -> Settling:
        """What the use cases of settlement need."""
        return self.served.settling

    @property
    def viewer(self) -> Viewer:
        """Whose records the client may see."""
        return Viewer(party_id=self.client.party_id, operator_id=self.client.operator_id)

    @property
    def client_id(self) -> ApiClientId:
        """Who calls."""
        return self.client.client_id

    def deed(self, why: str = "") -> Deed:
        """What is done for this call, for the change log."""
        return Deed(who=self.client_id, why=why, at=self.served.moments.now())

    def href(self, path: str) -> str:
        """The address of a path of this server."""
        return address_of(self.served, path)


def address_of(served: Served, path: str) -> str:
    """The address of a path of the server; identifiers may hold blanks and other letters."""
    return f"{served.base_url}{quote(path)}"


def served_by(request: Request) -> Served:
    """What the server shares."""
    served = request.app.state.served
    assert isinstance(served, Served), "the application is made by karakoram.interfaces.http.app"
    return served
