"""What does an offer ask, in words that say how far each sum may be trusted?"""

from karakoram.core.money import Money
from karakoram.core.provenance import weakest
from karakoram.interfaces.cli import texts
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.offer_trust import charges_trust
from karakoram.sales.quotes import QuoteOffer


def mrc_text(offer: QuoteOffer) -> str:
    """What it asks a month, with its currency, e.g. ``USD 1,234.50 (assumed)``."""
    return sum_text(offer, offer.mrc, PriceType.RECURRING)


def nrc_text(offer: QuoteOffer) -> str:
    """What it asks once, with its currency."""
    return sum_text(offer, offer.nrc, PriceType.ONE_TIME)


def sum_text(offer: QuoteOffer, amount: Money, *kinds: PriceType) -> str:
    """A sum over charges of some kinds, as trustworthy as the worst of them.

    Parameters
    ----------
    offer
        Whose charges they are.
    amount
        Their sum.
    kinds
        The kinds that are summed.
    """
    found = [charges_trust(offer.plan.charges, kind) for kind in kinds]
    known = tuple(trust for trust in found if trust is not None)
    return texts.trusted(str(amount), weakest(known)) if known else str(amount)
