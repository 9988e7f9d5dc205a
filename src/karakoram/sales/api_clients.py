"""Who may speak to the platform over the network, for whom and in which roles?"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar

from karakoram.core.identifiers import ApiClientId, OperatorId, PartyId
from karakoram.core.life import Life
from karakoram.core.names import NameFields

_DELIMITER = ":"


class ClientRole(Enum):
    """What a client may do; a role of the platform, of an operator or of a buyer."""

    ADMIN = "admin"
    """The platform: sees all, also what each operator earns."""
    SELLER_DESK = "seller_desk"
    """Quotes and orders for buyers, as an operator."""
    NOC = "noc"
    """Carries out legs and looks at resources, as an operator."""
    FINANCE = "finance"
    """Looks at bills and products, as an operator."""
    BUYER = "buyer"
    """Buys for one party and sees what is that party's."""


OF_OPERATORS = frozenset({ClientRole.SELLER_DESK, ClientRole.NOC, ClientRole.FINANCE})


class ClientKind(Enum):
    """Who stands behind a client; decides how it logs in (RFC 6749)."""

    PROGRAM = "program"
    """Client credentials, section 4.4."""
    PERSON = "person"
    """Password, section 4.3."""


class ClientState(Enum):
    """Whether a client may log in."""

    ACTIVE = "active"
    REVOKED = "revoked"


class ClientEvent(Enum):
    """What can happen to a client."""

    REVOKE = "revoke"


CLIENT_LIFE: Life[ClientState, ClientEvent] = Life(
    subject="client",
    first=ClientState.ACTIVE,
    transitions={
        ClientState.ACTIVE: {ClientEvent.REVOKE: ClientState.REVOKED},
        ClientState.REVOKED: {},
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiClient:
    """A program or person that logs in, and whom it belongs to."""

    client_id: ApiClientId
    kind: ClientKind
    roles: tuple[ClientRole, ...]
    """In the order of :class:`ClientRole`, each once."""
    party_id: PartyId | None = None
    """For whom a buyer's client buys."""
    operator_id: OperatorId | None = None
    """As whom an operator's client acts."""
    secret_digest: str
    """Salted and slow to compute; the secret itself is kept nowhere."""
    state: ClientState
    made_at: datetime
    version: int = 0
    NAMED: ClassVar = NameFields(identifiers=("client_id", "party_id", "operator_id"))

    def __post_init__(self) -> None:
        self.NAMED.check(self)
        if _DELIMITER in self.client_id:
            raise ValueError(
                f"ApiClient.client_id must hold no {_DELIMITER!r}, which ends it where a client "
                f"logs in (RFC 7617, section 2), got {self.client_id!r}"
            )
        roles = set(self.roles)
        if not roles or self.roles != tuple(role for role in ClientRole if role in roles):
            raise ValueError("ApiClient.roles must name roles in their order, each once")
        belongs = (self.party_id is not None, self.operator_id is not None)
        if belongs != _belongs_to(roles):
            words = ", ".join(role.value for role in self.roles)
            raise ValueError(
                f"ApiClient {self.client_id!r} with the roles {words} must belong to "
                "a party alone as a buyer, to an operator alone as its seller_desk, noc or "
                "finance, and to nobody as admin"
            )


def _belongs_to(roles: set[ClientRole]) -> tuple[bool, bool] | None:
    """Whether clients in these roles belong to a party and to an operator; ``None`` is a mix."""
    if roles == {ClientRole.BUYER}:
        return (True, False)
    if roles <= OF_OPERATORS:
        return (False, True)
    return (False, False) if roles == {ClientRole.ADMIN} else None
