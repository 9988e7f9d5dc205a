"""How do rows of a table become charges and usage, and rated lines rows again?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.fields import Bounds, check_fields
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.identifiers import OperatorId, PartyId, ProductId
from karakoram.core.money import (
    Money,
    check_currency,
    money_at_least,
    money_from_decimal,
)
from karakoram.core.provenance import Confidence, Provenance
from karakoram.core.tables import records_from_rows
from karakoram.sales.catalogue.words import PriceType, UnitOfMeasure, UsageKind
from karakoram.sales.plans import Charge
from karakoram.settlement.rating.charged import ChargedInterval, lines_of
from karakoram.settlement.rating.rated import RatedCharge, RatedKind, major_text
from karakoram.settlement.rating.samples import SampleRow
from karakoram.settlement.rating.usage import UsageId, UsageRecord
from karakoram.usecases.table_ports import TableRows

_ROW = "row_in_file"
"""Where a row keeps its own number meanwhile."""
Amount = Annotated[Decimal, Bounds(at_least=0.0, at_most=1e12)]
"""No charge is a million millions of any currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRow:
    """One charge of a product, or one tier of a usage charge, for a time at one price."""

    product_id: ProductId
    payer_id: PartyId
    operator_id: OperatorId
    """Who earns it."""
    name: str
    kind: PriceType
    amount: Amount
    """In major units: of a month, once, or of one unit of usage."""
    currency: str
    """ISO 4217."""
    unit: UnitOfMeasure | None = None
    """What is counted; needed for usage."""
    usage_kind: UsageKind | None = None
    tier_from: Amount = Decimal(0)
    tier_to: Amount | None = None
    active_from: datetime
    active_until: datetime | None = None
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        check_currency(self.currency, field="ChargeRow.currency")
        if self.active_until is not None and self.active_until < self.active_from:
            raise ValueError(
                f"ChargeRow.active_until must not be before active_from {self.active_from}, "
                f"got {self.active_until}"
            )
        if self.tier_to is not None and self.tier_to <= self.tier_from:
            raise ValueError(
                f"ChargeRow.tier_to must be greater than tier_from {self.tier_from}, "
                f"got {self.tier_to}"
            )
        if self.kind is PriceType.USAGE and self.unit is None:
            raise ValueError("ChargeRow.unit must say what is counted for usage, got none")
        if self.kind is not PriceType.USAGE and self._money_is_rounded():
            raise ValueError(
                f"ChargeRow.amount must be a whole number of minor units of {self.currency}, "
                f"got {self.amount}"
            )

    def _money_is_rounded(self) -> bool:
        digits = self.amount.as_tuple().exponent
        return isinstance(digits, int) and -digits > MINOR_DIGITS[self.currency]

    @property
    def charge(self) -> Charge:
        """The charge that the row is."""
        return Charge(
            name=self.name,
            kind=self.kind,
            operator_id=self.operator_id,
            amount=self._shown_amount,
            unit_price=str(self.amount),
            unit="" if self.unit is None else self.unit.value,
            usage_kind="" if self.usage_kind is None else self.usage_kind.value,
            tier_from=str(self.tier_from),
            tier_to="" if self.tier_to is None else str(self.tier_to),
            confidence=self.provenance.confidence,
            source=self.provenance.source,
        )

    @property
    def _shown_amount(self) -> Money:
        """The amount; of usage one unit, rounded up so that it never shows as nothing."""
        if self.kind is not PriceType.USAGE:
            return money_from_decimal(self.amount, self.currency)
        return money_at_least(self.amount, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedRow:
    """A rated line as it stands in a table."""

    key: str
    product_id: ProductId
    payer_id: PartyId
    operator_id: OperatorId
    name: str
    kind: RatedKind
    from_day: date
    to_day: date
    """First day after."""
    quantity: Decimal
    unit: str
    unit_price: str
    amount: Decimal
    currency: str
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageGiven:
    """Usage as it was read: records, where each stands, and what is wrong with the other rows."""

    records: tuple[UsageRecord, ...] = ()
    places: Mapping[UsageId, Place] | None = None
    findings: tuple[Finding, ...] = ()

    def placed(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings about usage, with file and row where they are known."""
        return tuple(map(self._placed, findings))

    def _placed(self, finding: Finding) -> Finding:
        at = (self.places or {}).get(UsageId(finding.place.record or ""))
        return (
            finding
            if at is None
            else replace(
                finding, place=replace(finding.place, table=at.table, file=at.file, row=at.row)
            )
        )


def usage_from_rows(rows: TableRows) -> UsageGiven:
    """The usage that the rows tell, and every finding of every other row."""
    records, wrong = records_from_rows(
        rows.rows, record_type=UsageRecord, table=rows.table, header=rows.header, is_keyed=False
    )
    places = {
        UsageId(cells.get("usage_id", "").strip()): Place(
            table=rows.table, file=rows.file, row=number
        )
        for number, cells in rows.rows
    }
    findings = _in_file((*rows.findings, *wrong), rows.file)
    return UsageGiven(records=records, places=places, findings=findings)


def samples_from_rows(rows: TableRows) -> tuple[tuple[SampleRow, ...], tuple[Finding, ...]]:
    """The samples of bandwidth that the rows tell, and every finding of every other row."""
    numbered = [(number, {**cells, _ROW: str(number)}) for number, cells in rows.rows]
    records, wrong = records_from_rows(
        numbered,
        record_type=SampleRow,
        table=rows.table,
        header=tuple(dict.fromkeys((*rows.header, _ROW))),
        is_keyed=False,
    )
    return records, _in_file((*rows.findings, *wrong), rows.file)


def in_file(findings: Iterable[Finding], rows: TableRows) -> tuple[Finding, ...]:
    """Findings about rows of a table, with its file."""
    return tuple(
        replace(each, place=replace(each.place, table=rows.table, file=rows.file))
        for each in findings
    )


def intervals_from_rows(
    rows: TableRows,
) -> tuple[tuple[ChargedInterval, ...], tuple[Finding, ...]]:
    """The charges that the rows tell and when each is asked, and every finding.

    Rows of one product, owner, kind and name are tiers of one usage, or follow each other in time.
    """
    records, wrong = records_from_rows(
        rows.rows, record_type=ChargeRow, table=rows.table, header=rows.header, is_keyed=False
    )
    of_product: defaultdict[ProductId, list[ChargeRow]] = defaultdict(list)
    for record in records:
        of_product[record.product_id].append(record)
    intervals = tuple(
        ChargedInterval(
            product_id=product_id,
            payer_id=one.payer_id,
            line=line,
            charge=charge,
            starts_at=one.active_from,
            ends_at=one.active_until,
        )
        for product_id, own in of_product.items()
        for one, charge, line in _lined(own)
    )
    return intervals, _in_file((*rows.findings, *wrong), rows.file)


def rated_row(line: RatedCharge) -> RatedRow:
    """The row of a rated line."""
    return RatedRow(
        key=line.key,
        product_id=line.product_id,
        payer_id=line.payer_id,
        operator_id=line.operator_id,
        name=line.name,
        kind=line.kind,
        from_day=line.from_day,
        to_day=line.to_day,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        amount=Decimal(major_text(line.amount)),
        currency=line.amount.currency,
        confidence=line.confidence,
        source=line.source,
    )


def _lined(own: list[ChargeRow]) -> Iterable[tuple[ChargeRow, Charge, str]]:
    charges = [one.charge for one in own]
    return zip(own, charges, lines_of(charges), strict=True)


def _in_file(findings: Iterable[Finding], file: str) -> tuple[Finding, ...]:
    named = (replace(one, place=replace(one.place, file=file)) for one in findings)
    return errors_of(tuple(named))
