"""How are the price of an offer and who earns it shown?"""

from collections.abc import Sequence
from decimal import Decimal

from karakoram.adapters.formats.report.html import Content, Markup, fragment
from karakoram.adapters.formats.report.parts import (
    Table,
    folded,
    heading,
    paragraph,
    table,
    trust,
    with_trust,
)
from karakoram.adapters.formats.report.words import (
    PERIOD_WORDS,
    ROLE_WORDS,
    UNIT_WORDS,
    counted,
    operator_name,
)
from karakoram.core.money import Money
from karakoram.network.network import Network
from karakoram.planning.offers import Offer, OfferPrice, PriceLine
from karakoram.planning.pricing import price_over_term
from karakoram.planning.trust import price_trust


def price_part(network: Network, offer: Offer, *, term_months: int) -> Markup:
    """The price, its exact split and, to be opened, every line of it.

    Parameters
    ----------
    network
        For the names of operators.
    offer
        The offer whose price it is.
    term_months
        Months of the contract, over which monthly and one-off charges are added up.
    """
    price = offer.price
    over_term = Money(price_over_term(price, term_months=term_months), price.mrc.currency)
    return fragment(
        heading(3, "Price and who earns it"),
        paragraph(
            with_trust(f"{price.mrc} a month and {price.nrc} once", price_trust(offer)),
            f"; {over_term} over {counted(term_months, 'month')}. Every line is quantity times "
            "unit price, rounded once; the parts add up to the whole exactly.",
        ),
        _split_table(network, price),
        folded(
            f"Price lines ({len(price.lines)})",
            table(
                Table(
                    caption="Price lines",
                    headings=[
                        *("For", "Path", "Earned by", "Charged", "Quantity"),
                        *("Unit price", "Amount", "Standing"),
                    ],
                    rows=[_line_row(network, line) for line in price.lines],
                    number_columns=frozenset({4, 5, 6}),
                )
            ),
        ),
    )


def _split_table(network: Network, price: OfferPrice) -> Markup:
    whole = price.mrc.minor
    return table(
        Table(
            caption="Split by operator",
            headings=["Operator", "Each month (MRC)", "Once (NRC)", "Share of the MRC"],
            rows=[
                (
                    operator_name(network, share.operator_id),
                    str(share.mrc),
                    str(share.nrc),
                    _percent(share.mrc.minor, whole),
                )
                for share in sorted(price.split, key=lambda share: -share.mrc.minor)
            ],
            number_columns=frozenset({1, 2, 3}),
            total=("Together", str(price.mrc), str(price.nrc), _percent(whole, whole)),
        )
    )


def _percent(part: int, whole: int) -> str:
    return f"{100.0 * part / whole:.1f} %" if whole else ""


def _line_row(network: Network, line: PriceLine) -> Sequence[Content]:
    return (
        line.subject,
        ROLE_WORDS[line.role].removesuffix(" path"),
        operator_name(network, line.operator_id),
        f"per {UNIT_WORDS[line.unit]}, {PERIOD_WORDS[line.period]}",
        _plain(line.quantity),
        f"{line.amount.currency} {_plain(line.unit_price)}",
        str(line.amount),
        trust(line.confidence),
    )


def _plain(number: Decimal) -> str:
    """Without exponent and without needless zeros.

    >>> _plain(Decimal("1.20E+3")), _plain(Decimal("0.50"))
    ('1,200', '0.5')
    """
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
