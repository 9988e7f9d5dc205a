"""Which taxes and levies are asked of telecommunications, where, on what and since when?

They are facts with a source, not law: whoever bills checks them. What nobody publishes is there as
assumed, so that it can be seen and replaced.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated

from karakoram.core.fields import Bounds, check_fields
from karakoram.core.provenance import Provenance
from karakoram.core.time import Validity
from karakoram.refdata.packaged import packaged_folder, read_packaged

ANYWHERE_IN = "-"
"""Stands between a country and its part: a levy of ``PK`` holds in ``PK-PB``."""

EXPORT = "EXPORT"
"""The jurisdiction of what is supplied to a buyer abroad."""

LevyPercent = Annotated[Decimal, Bounds(at_least=0.0, at_most=100.0)]


class LevyBase(Enum):
    """What a levy is computed on."""

    INVOICE = "invoice"
    """What a buyer is asked; the seller hands it on."""
    COLLECTED_IN_ADVANCE = "collected_in_advance"
    """The same, as an advance on the buyer's own income tax."""
    OWNER_REVENUE = "owner_revenue"
    """The adjusted gross revenue of a licensee, who bears it."""


class TaxedService(Enum):
    """Kinds of service that taxes tell apart."""

    DATA = "data"
    """Leased and digital private circuits, wavelengths, fibre, Ethernet."""
    TELEPHONE = "telephone"
    """Fixed lines, on a bill."""
    INTERNET = "internet"
    MOBILE = "mobile"
    PREPAID = "prepaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Levy:
    """A share of what is asked or earned, in one jurisdiction, for some services, for a time."""

    levy_id: str
    name: str
    jurisdiction: str
    """ISO 3166-1 or 3166-2, e.g. ``PK`` or ``PK-PB``; ``EXPORT`` for buyers abroad."""
    applies_to: LevyBase
    services: tuple[TaxedService, ...] = ()
    """Empty for all."""
    percent: LevyPercent
    above: Decimal | None = None
    """Only what exceeds it is levied, in major units of ``above_currency``; ``None`` for all."""
    above_currency: str = ""
    """ISO 4217."""
    valid_from: date | None = None
    valid_to: date | None = None
    """First day on which it no longer holds."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        _ = self.validity
        if (self.above is None) != (not self.above_currency):
            raise ValueError(
                "Levy.above_currency must be given with above, and only with it, "
                f"got {self.above_currency!r}"
            )
        if self.applies_to is LevyBase.OWNER_REVENUE and self.above is not None:
            raise ValueError(
                "Levy.above must not be given for a levy on revenue, which is accrued bit by bit, "
                f"got {self.above}"
            )

    @property
    def validity(self) -> Validity:
        """The days on which it holds."""
        return Validity(valid_from=self.valid_from, valid_to=self.valid_to)

    def holds_in(self, jurisdiction: str) -> bool:
        """Whether it is one of a jurisdiction: its own, or of the country that it is a part of.

        >>> [levy.holds_in("PK-PB") for levy in read_levies() if levy.levy_id in ("USF", "ST-SD")]
        [False, True]
        """
        return jurisdiction == self.jurisdiction or jurisdiction.startswith(
            f"{self.jurisdiction}{ANYWHERE_IN}"
        )

    def is_for(self, service: TaxedService) -> bool:
        """Whether it is asked for a kind of service."""
        return not self.services or service in self.services


@cache
def read_levies() -> tuple[Levy, ...]:
    """Taxes and levies of Pakistan as published, and what had to be assumed."""
    return read_packaged(packaged_folder("settlement"), "taxes_and_levies", record_type=Levy)
