"""Can legs of several operators be put together, and what of them does not fit?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import LegId, OperatorId, RiskToken, SiteId
from karakoram.network.legs import OfferedLeg, PlacedLeg


def validate_legs(placed: Sequence[PlacedLeg], *, on_day: date) -> tuple[Finding, ...]:
    """Everything that keeps legs of several files from being compared, or makes one wonder.

    Parameters
    ----------
    placed
        The legs of all files, with where they were read.
    on_day
        The day for which they are put together.

    Returns
    -------
    Errors: a leg told twice, tokens of two keys, two tokens for one point, prices that cannot be
    added. Warnings: an offer that does not hold on the day, a hand-over that only one side names,
    minutes of one token that differ.
    """
    valid = [one for one in placed if one.leg.validity.holds_on(on_day)]
    return (
        *_repeated(placed),
        *_keys(placed),
        *_point_tokens(placed),
        *_prices(placed),
        *_stale(placed, on_day),
        *_handovers(valid),
        *_minutes(valid),
    )


def _repeated(placed: Iterable[PlacedLeg]) -> Iterator[Finding]:
    first: dict[LegId, Place] = {}
    by_content: dict[tuple[object, ...], Place] = {}
    for one in placed:
        leg, place = one.leg, one.place
        content = (leg.operator_id, *leg.ends, leg.kind, leg.latency_ms, leg.risk_tokens)
        if leg.leg_id in first:
            yield _finding(
                "duplicate-leg",
                place,
                f"{leg.leg_id} stands already in {first[leg.leg_id]}; keep one of the two",
                field="leg_id",
            )
        elif leg.risk_tokens and content in by_content:
            yield _finding(
                "duplicate-leg",
                place,
                f"is the same way as {by_content[content]}; keep one of the two",
            )
        first.setdefault(leg.leg_id, place)
        by_content.setdefault(content, place)


def _keys(placed: Iterable[PlacedLeg]) -> Iterator[Finding]:
    """One finding for each operator whose tokens are of another key than the first ones."""
    wanted: tuple[str, OperatorId] | None = None
    told: set[tuple[OperatorId, str]] = set()
    for one in placed:
        leg = one.leg
        if not leg.key_fingerprint:
            continue
        wanted = wanted or (leg.key_fingerprint, leg.operator_id)
        own = (leg.operator_id, leg.key_fingerprint)
        if leg.key_fingerprint != wanted[0] and own not in told:
            told.add(own)
            yield _finding(
                "key-mismatch",
                one.place,
                f"tokens of {leg.operator_id} are made with key {leg.key_fingerprint}, those of "
                f"{wanted[1]} with key {wanted[0]}; make all files with the same key",
                field="key_fingerprint",
            )


def _point_tokens(placed: Iterable[PlacedLeg]) -> Iterator[Finding]:
    """Points with two tokens, where the key is said to be the same."""
    known: dict[tuple[str, SiteId], tuple[RiskToken, OfferedLeg]] = {}
    told: set[tuple[SiteId, OperatorId]] = set()
    for one in placed:
        leg = one.leg
        fields = ("a_site_token", "z_site_token")
        for field, site_id in zip(fields, leg.ends, strict=True):
            token = getattr(leg, field)
            if token is None:
                continue
            first, other = known.setdefault((leg.key_fingerprint, site_id), (token, leg))
            if token != first and (site_id, leg.operator_id) not in told:
                told.add((site_id, leg.operator_id))
                yield _finding(
                    "point-token-differs",
                    one.place,
                    f"{site_id} has another token than in {other.leg_id}; the key or the name of "
                    "the site is not the same on both sides, so no token can be compared",
                    field=field,
                )


def _prices(placed: Iterable[PlacedLeg]) -> Iterator[Finding]:
    """Prices of another currency, term or bit rate than the first one."""
    wanted: OfferedLeg | None = None
    told: set[OperatorId] = set()
    for one in placed:
        leg = one.leg
        if leg.price_minor is None:
            continue
        wanted = wanted or leg
        if _price_terms(leg) != _price_terms(wanted) and leg.operator_id not in told:
            told.add(leg.operator_id)
            yield _finding(
                "price-terms-differ",
                one.place,
                f"is priced for {_price_terms(leg)}, {wanted.leg_id} for {_price_terms(wanted)}; "
                "ask all operators for the same",
                field="price_minor",
            )


def _price_terms(leg: OfferedLeg) -> str:
    return f"{leg.bit_rate_gbps:g} Gbit/s over {leg.term_months} months in {leg.currency}"


def _stale(placed: Iterable[PlacedLeg], on_day: date) -> Iterator[Finding]:
    """One warning for each operator and day on which its legs cease or begin to hold."""
    told: set[tuple[OperatorId, date]] = set()
    for one in placed:
        leg = one.leg
        if leg.validity.holds_on(on_day):
            continue
        is_early = on_day < leg.offered_on
        edge = leg.offered_on if is_early or leg.valid_to is None else leg.valid_to
        if (leg.operator_id, edge) in told:
            continue
        told.add((leg.operator_id, edge))
        when = f"hold from {edge} on" if is_early else f"ceased to hold on {edge}"
        yield _finding(
            "not-valid",
            one.place,
            f"legs of {leg.operator_id} {when} and are left out on {on_day}; ask for new ones",
            field="offered_on" if is_early else "valid_to",
            severity=Severity.WARNING,
        )


def _handovers(placed: Iterable[PlacedLeg]) -> Iterator[Finding]:
    """Hand-overs that one side names and the other, whose legs are there, does not."""
    by_gate: dict[tuple[SiteId, OperatorId], tuple[OfferedLeg, Place, str]] = {}
    for one in placed:
        for side, site_id in zip("az", one.leg.ends, strict=True):
            gate = (site_id, one.leg.operator_id)
            by_gate.setdefault(gate, (one.leg, one.place, f"{side}_partner_ids"))
    present = {operator_id for _, operator_id in by_gate}
    for (site_id, own), (leg, place, field) in by_gate.items():
        for partner in leg.partners_at(site_id):
            there = by_gate.get((site_id, partner))
            if partner not in present or (there and own in there[0].partners_at(site_id)):
                continue
            code = "one-sided-hand-over" if there else "unknown-hand-over-point"
            message = (
                f"{own} hands over to {partner} at {site_id}, but {partner} does not name {own} "
                "there; traffic does not pass until both do"
                if there
                else f"{own} hands over to {partner} at {site_id}, where no leg of {partner} "
                f"ends; ask {partner} for legs to {site_id}"
            )
            yield _finding(code, place, message, field=field, severity=Severity.WARNING)


def _minutes(placed: Iterable[PlacedLeg]) -> Iterator[Finding]:
    """Tokens that weigh differently; the most minutes count."""
    known: dict[RiskToken, tuple[int, OfferedLeg]] = {}
    told: set[frozenset[OperatorId]] = set()
    for one in placed:
        for token, minutes in one.leg.minutes_of.items():
            first, other = known.setdefault(token, (minutes, one.leg))
            pair = frozenset((one.leg.operator_id, other.operator_id))
            if minutes != first and pair not in told:
                told.add(pair)
                yield _finding(
                    "minutes-differ",
                    one.place,
                    f"token {token} takes {minutes} minutes a year here and {first} in "
                    f"{other.leg_id}; the most count, so agree on the failure figures",
                    field="token_minutes",
                    severity=Severity.WARNING,
                )


def _finding(
    code: str,
    place: Place,
    message: str,
    *,
    field: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Finding:
    where = Place(
        table=place.table, record=place.record, field=field, file=place.file, row=place.row
    )
    return Finding(code=code, place=where, message=message, severity=severity)
