"""Which taxes are asked with the lines of an invoice?

A tax is computed once, on the sum of the lines that it is on, and rounded half to even; its parts
are then told to the lines by largest remainder. Computed line by line it would depend on how the
invoice is cut into lines.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import PartyId, ProductId
from karakoram.core.money import Money, total
from karakoram.core.provenance import Confidence
from karakoram.engines.rating import largest_remainder_parts
from karakoram.refdata.levies import Levy, LevyBase, TaxedService
from karakoram.settlement.rating.rated import RatedCharge

TAXES_TABLE = "taxes"
"""The table that findings about taxes name."""

_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxTreatment:
    """How a product is taxed: where it is supplied, and what kind of service it is."""

    jurisdiction: str
    """ISO 3166-2, or ``EXPORT``."""
    service: TaxedService


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxPart:
    """What of a tax falls on one line."""

    key: str
    """Of the line."""
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxLine:
    """One tax on the sum of some lines."""

    levy_id: str
    name: str
    jurisdiction: str
    applies_to: LevyBase
    owed_by: PartyId
    """The payer of the lines."""
    percent: Decimal
    base: Money
    """What is levied: the sum of the lines, or what of it exceeds the threshold."""
    amount: Money
    parts: tuple[TaxPart, ...]
    """One for each line, summing to ``amount`` exactly."""
    confidence: Confidence
    """Of the levy; the lines have their own."""
    source: str


def invoice_taxes(
    lines: Iterable[RatedCharge],
    *,
    treatments: Mapping[ProductId, TaxTreatment],
    levies: Iterable[Levy],
    on_day: date,
) -> tuple[TaxLine, ...]:
    """What is asked with the lines, by payer, currency and levy; zero where zero is the tax.

    Parameters
    ----------
    lines
        Of one invoice for each payer and currency: a threshold is that of an invoice.
    treatments
        For each product of the lines.
    levies
        As ``refdata.levies`` has them, or others.
    on_day
        The day of the invoice, whose levies hold.

    Raises
    ------
    InvalidDataError
        With every finding: a product without treatment (``tax-unknown-product``), a service in a
        jurisdiction for which no tax is known, not even none (``tax-not-known``), a threshold in
        another currency than the lines (``tax-other-currency``).
    """
    given = tuple(lines)
    asked = [
        levy
        for levy in levies
        if levy.applies_to is not LevyBase.OWNER_REVENUE and levy.validity.holds_on(on_day)
    ]
    _refuse_untaxed(given, treatments, levies=asked, on_day=on_day)
    groups: dict[tuple[PartyId, str], list[RatedCharge]] = {}
    for line in given:
        groups.setdefault((line.payer_id, line.amount.currency), []).append(line)
    return _levied(
        (payer_id, levy, [line for line in own if _is_levied(levy, treatments[line.product_id])])
        for (payer_id, _), own in groups.items()
        for levy in asked
    )


def _levied(
    wanted: Iterable[tuple[PartyId, Levy, Sequence[RatedCharge]]],
) -> tuple[TaxLine, ...]:
    """The taxes, or every finding about a threshold in another currency."""
    chosen = [(owed_by, levy, lines) for owed_by, levy, lines in wanted if lines]
    findings = tuple(
        _finding(
            "tax-other-currency",
            owed_by,
            f"{levy.levy_id} is on what exceeds {levy.above_currency} {levy.above}, and the lines "
            f"are in {lines[0].amount.currency}; give them in {levy.above_currency}",
        )
        for owed_by, levy, lines in chosen
        if levy.above is not None and levy.above_currency != lines[0].amount.currency
    )
    if findings:
        raise InvalidDataError(findings)
    return tuple(_tax(owed_by, levy, lines=lines) for owed_by, levy, lines in chosen)


def _tax(owed_by: PartyId, levy: Levy, *, lines: Sequence[RatedCharge]) -> TaxLine:
    currency = lines[0].amount.currency
    net = total((line.amount for line in lines), currency).minor
    base = net if levy.above is None else max(0, net - _threshold(levy))
    share = Fraction(levy.percent) / _HUNDRED
    minor = round(share * base)
    of_each = share if levy.above is None else share * Fraction(base, net if base else 1)
    parts = largest_remainder_parts(
        minor,
        [line.amount.minor * of_each.numerator for line in lines],
        denominator=of_each.denominator,
    )
    return TaxLine(
        levy_id=levy.levy_id,
        name=levy.name,
        jurisdiction=levy.jurisdiction,
        applies_to=levy.applies_to,
        owed_by=owed_by,
        percent=levy.percent,
        base=Money(base, currency),
        amount=Money(minor, currency),
        parts=tuple(
            TaxPart(key=line.key, amount=Money(part, currency))
            for line, part in zip(lines, parts, strict=True)
        ),
        confidence=levy.provenance.confidence,
        source=levy.provenance.source,
    )


def _threshold(levy: Levy) -> int:
    """What is free of the levy [minor units]."""
    assert levy.above is not None, "asked of levies on an excess only"
    return round(Fraction(levy.above) * int(10 ** MINOR_DIGITS[levy.above_currency]))


def _is_levied(levy: Levy, treatment: TaxTreatment) -> bool:
    return levy.holds_in(treatment.jurisdiction) and levy.is_for(treatment.service)


def _refuse_untaxed(
    lines: Iterable[RatedCharge],
    treatments: Mapping[ProductId, TaxTreatment],
    *,
    levies: Sequence[Levy],
    on_day: date,
) -> None:
    products = dict.fromkeys(line.product_id for line in lines)
    findings = tuple(_untaxed(products, treatments, levies=levies, on_day=on_day))
    if findings:
        raise InvalidDataError(findings)


def _untaxed(
    products: Iterable[ProductId],
    treatments: Mapping[ProductId, TaxTreatment],
    *,
    levies: Sequence[Levy],
    on_day: date,
) -> Iterator[Finding]:
    """Products that no tax is known for: nothing asked must be a tax of zero, and say so."""
    for product_id in products:
        treatment = treatments.get(product_id)
        if treatment is None:
            message = "has no tax treatment; say its jurisdiction and kind of service"
            yield _finding("tax-unknown-product", product_id, message)
        elif not any(
            levy.applies_to is LevyBase.INVOICE and _is_levied(levy, treatment) for levy in levies
        ):
            message = (
                f"{treatment.service.value} in {treatment.jurisdiction} has no known sales tax on "
                f"{on_day}; add a levy, of 0 % where none is asked"
            )
            yield _finding("tax-not-known", product_id, message)


def _finding(code: str, record: str, message: str) -> Finding:
    return Finding(code=code, place=Place(table=TAXES_TABLE, record=record), message=message)
