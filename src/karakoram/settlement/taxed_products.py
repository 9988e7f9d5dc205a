"""Which kind of service is a product for the tax office, and where is it supplied?"""

from dataclasses import dataclass

from karakoram.core.provenance import Provenance
from karakoram.refdata.levies import TaxedService
from karakoram.sales.catalogue.identifiers import ProductSpecificationId
from karakoram.sales.parties import Party
from karakoram.settlement.owner_books import OwnerBook
from karakoram.settlement.rating.taxes import TaxTreatment

EXPORT = "EXPORT"
"""The jurisdiction of what is supplied to a buyer abroad."""
_COUNTRY_CHARACTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxedProduct:
    """The kind of service that products of one specification are to taxes."""

    product_specification_id: ProductSpecificationId
    service: TaxedService
    provenance: Provenance


def is_abroad(payer: Party, book: OwnerBook) -> bool:
    """Whether the payer is in another country than the seller."""
    return payer.country != book.jurisdiction[:_COUNTRY_CHARACTERS]


def tax_treatment(payer: Party, book: OwnerBook, service: TaxedService) -> TaxTreatment:
    """Where the seller supplies the payer: in its own jurisdiction, or abroad."""
    jurisdiction = EXPORT if is_abroad(payer, book) else book.jurisdiction
    return TaxTreatment(jurisdiction=jurisdiction, service=service)
