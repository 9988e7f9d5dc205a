"""What does an operator offer to others: ways between its hand-over points, and nothing inside?

A row tells ends, latency, price and status. What the way is exposed to it tells in tokens, which
can be compared and not read.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated

from karakoram.core.cells import PARTS_MAX
from karakoram.core.currencies import MINOR_DIGITS, WHAT_IS_RIGHT
from karakoram.core.fields import BitRateGbps, Bounds, LengthKm, NotNegative, check_fields
from karakoram.core.findings import Place
from karakoram.core.identifiers import LegId, OperatorId, RiskToken, SiteId
from karakoram.core.provenance import Confidence
from karakoram.core.time import Validity
from karakoram.network.records import Status
from karakoram.network.risk_tokens import is_token

TermMonths = Annotated[int, Bounds(at_least=1.0, at_most=1_200.0)]
PriceMinor = Annotated[int, Bounds(at_least=0.0, at_most=1e17)]


class LegKind(Enum):
    """What a row of a file of legs tells."""

    WAY = "way"
    """One way between two points that can be had."""
    REST = "rest"
    """What holds of every way between two points that is not in the file: at least so dear, and
    exposed at least to these tokens. It cannot be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedLeg:
    """A way of one operator between two of its hand-over points, as it tells others of it."""

    leg_id: LegId
    operator_id: OperatorId
    kind: LegKind
    a_site_id: SiteId
    z_site_id: SiteId
    status: Status
    latency_ms: NotNegative
    """One way, fibre only."""
    length_km: LengthKm | None = None
    """Glass kilometres; ``None`` where the operator keeps them to itself."""
    length_confidence: Confidence | None = None
    """How far the operator trusts its own figure; ``None`` where it does not say, which counts as
    assumed. So with those below."""
    latency_confidence: Confidence | None = None
    price_confidence: Confidence | None = None
    minutes_confidence: Confidence | None = None
    price_minor: PriceMinor | None = None
    """Of the fibre over the term, in minor units; ``None`` where it is not sold."""
    currency: str = ""
    term_months: TermMonths | None = None
    bit_rate_gbps: BitRateGbps | None = None
    a_partner_ids: tuple[OperatorId, ...] = ()
    """Operators with whom traffic can change hands at the A end."""
    z_partner_ids: tuple[OperatorId, ...] = ()
    key_fingerprint: str = ""
    """Of the key that made the tokens; empty where there are none."""
    a_site_token: RiskToken | None = None
    z_site_token: RiskToken | None = None
    place_tokens: tuple[RiskToken, ...] = ()
    """Sites between the ends, whatever can fail there; in no order."""
    risk_tokens: tuple[RiskToken, ...] = ()
    """Spans, risk groups and sites that can fail, the ends among them; in no order."""
    token_minutes: tuple[int, ...] = ()
    """What each of ``risk_tokens`` alone takes a year, in whole minutes, at least one."""
    minutes_total: Annotated[int, Bounds(at_least=0.0)] | None = None
    """Sum over the risks; less than that of ``token_minutes`` where padding stands among them."""
    tokens_complete: bool = False
    """Whether the operator says that no risk in its books is left out."""
    is_exhaustive: bool = False
    """Whether the operator says that it has no other way between any two of its points in the
    file than those in the file and those that a row of rest speaks of."""
    offered_on: date
    valid_to: date | None = None
    """First day on which the offer no longer holds."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.a_site_id == self.z_site_id:
            raise ValueError(
                f"OfferedLeg.z_site_id must differ from a_site_id, got {self.z_site_id!r}"
            )
        _ = self.validity
        for breach in (*_price_breaches(self), *_token_breaches(self)):
            raise ValueError(f"OfferedLeg.{breach}")

    @property
    def validity(self) -> Validity:
        """The days on which the offer holds."""
        return Validity(valid_from=self.offered_on, valid_to=self.valid_to)

    @property
    def ends(self) -> tuple[SiteId, SiteId]:
        """The hand-over points that it joins."""
        return self.a_site_id, self.z_site_id

    @property
    def minutes_of(self) -> dict[RiskToken, int]:
        """Minutes a year by token."""
        return dict(zip(self.risk_tokens, self.token_minutes, strict=True))

    def partners_at(self, site_id: SiteId) -> tuple[OperatorId, ...]:
        """With whom traffic can change hands at one of the ends."""
        return self.a_partner_ids if site_id == self.a_site_id else self.z_partner_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLeg:
    """A leg, and where it was read."""

    leg: OfferedLeg
    place: Place


def _price_breaches(leg: OfferedLeg) -> list[str]:
    lacks = not leg.currency or leg.term_months is None or leg.bit_rate_gbps is None
    if leg.price_minor is not None and lacks:
        return ["price_minor needs currency, term_months and bit_rate_gbps beside it"]
    if leg.currency and leg.currency not in MINOR_DIGITS:
        return [f"currency must be {WHAT_IS_RIGHT}, got {leg.currency!r}"]
    return []


def _token_breaches(leg: OfferedLeg) -> list[str]:
    """What is wrong with the tokens, taken together."""
    ends = [token for token in (leg.a_site_token, leg.z_site_token) if token is not None]
    every = [*ends, *leg.place_tokens, *leg.risk_tokens]
    malformed = [token for token in every if not is_token(token)]
    breaches = []
    if malformed:
        breaches.append(
            f"risk_tokens, place_tokens and tokens of sites are 32 hexadecimal digits each, "
            f"got {malformed[0]!r}"
        )
    if bool(every) != bool(leg.key_fingerprint):
        breaches.append("key_fingerprint must stand where tokens stand, and nowhere else")
    if len(leg.token_minutes) != len(leg.risk_tokens):
        breaches.append(
            f"token_minutes must be as many as risk_tokens, got {len(leg.token_minutes)} "
            f"for {len(leg.risk_tokens)}"
        )
    elif (leg.minutes_total is not None) != bool(leg.key_fingerprint):
        breaches.append("minutes_total must stand where tokens stand, and nowhere else")
    elif not (leg.minutes_total or 0) <= sum(leg.token_minutes):
        breaches.append(
            f"minutes_total must be at most the sum of token_minutes, "
            f"{sum(leg.token_minutes)}, got {leg.minutes_total}"
        )
    if min(leg.token_minutes, default=1) < 1:
        breaches.append(f"token_minutes must be at least 1, got {min(leg.token_minutes)}")
    if max(len(set(leg.risk_tokens)), len(set(leg.place_tokens))) > PARTS_MAX:
        breaches.append(f"risk_tokens and place_tokens hold at most {PARTS_MAX} each")
    return [*breaches, *_claim_breaches(leg, ends=len(ends))]


def _claim_breaches(leg: OfferedLeg, *, ends: int) -> list[str]:
    """What the row says of its tokens and they do not bear out."""
    repeated = [
        name
        for name in ("risk_tokens", "place_tokens")
        if len(set(getattr(leg, name))) < len(getattr(leg, name))
    ]
    breaches = [f"{name} must name each token once" for name in repeated]
    if leg.tokens_complete and ends < len(leg.ends):
        breaches.append("tokens_complete needs a_site_token and z_site_token")
    if leg.tokens_complete and leg.kind is LegKind.REST:
        breaches.append("tokens_complete must be false of a rest, which stands for many ways")
    return breaches
