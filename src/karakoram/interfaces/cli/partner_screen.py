"""How does a person read who the partners are, and what is bought of them?"""

from collections.abc import Callable, Iterable

from rich.console import Console

from karakoram.core.findings import Finding
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.failures import ExitCode, lines_from_findings
from karakoram.interfaces.cli.screen import screen, show_lines
from karakoram.interfaces.cli.streams import tell_line
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.purchases import PARTNER_TRUST, Purchase
from karakoram.usecases.buy.buy_legs import QualifiedLeg
from karakoram.usecases.buy.partner_legs import Bought
from karakoram.usecases.buy.partner_ports import PartnerTerms, ToldQualification


def show_partners(console: Console, partners: Iterable[PartnerTerms]) -> None:
    """Print partners, and whether their secrets were found."""
    show_table(
        console,
        ("Partner", "Address", "We are", "Secret from", "Found", "Sells for"),
        (
            (
                each.operator_id,
                each.url,
                each.buyer_id,
                each.secret_from,
                "yes" if each.has_secret else "no",
                ", ".join(sorted(each.offerings)) or "-",
            )
            for each in partners
        ),
    )


def show_qualified(console: Console, legs: Iterable[QualifiedLeg]) -> None:
    """Print what partners say to the question whether they can provide legs."""
    show_table(
        console,
        ("Leg", "Partner", "Serviceable", "#Days", "Why"),
        (
            (
                each.leg,
                each.operator_id,
                each.told.confidence,
                _days(each.told),
                each.told.reason or "-",
            )
            for each in legs
        ),
    )


def _days(told: ToldQualification) -> str:
    count = told.installation_days
    return "-" if count is None else texts.trusted(str(count), told.days_confidence)


def show_purchases(console: Console, purchases: Iterable[Purchase]) -> None:
    """Print purchases; what a partner says of its order stands beside our own state."""
    purchases = tuple(purchases)
    if not purchases:
        show_lines(console, "Nothing is bought.")
        return
    show_table(
        console,
        ("Leg", "Partner", "State", "Partner says", "Price", "Order there"),
        (
            (
                _leg(each),
                each.operator_id,
                each.state.value,
                each.word or "-",
                "-" if each.price is None else texts.trusted(str(each.price), PARTNER_TRUST),
                each.cease_there or each.order_there or "-",
            )
            for each in purchases
        ),
    )
    for each in purchases:
        for reason in each.reasons:
            show_lines(console, f"{each.leg}: {reason.code}: {reason.message}")


def _leg(purchase: Purchase) -> str:
    """The leg, and whether this is a change of it."""
    if not purchase.is_change:
        return purchase.leg
    return f"{purchase.leg}, {'change back' if purchase.is_back else 'change'}"


def tell_findings(findings: tuple[Finding, ...]) -> None:
    """Print what partners could not or would not do, to the standard error."""
    for line in lines_from_findings(findings):
        tell_line(line)


def tell_bought(bought: Bought, *, payload: Callable[[Bought], object], as_json: bool) -> ExitCode:
    """Print what was bought, and what stood in the way; whether all was done."""
    tell_answer(
        as_json,
        payload=lambda: payload(bought),
        show=lambda: show_purchases(screen(), bought.purchases),
    )
    if not as_json:
        tell_findings(bought.findings)
    return exit_code(bought.findings)


def exit_code(findings: tuple[Finding, ...]) -> ExitCode:
    """Whether all was done."""
    return ExitCode.INFEASIBLE if findings else ExitCode.DONE


def tell_look(look: Bought) -> None:
    """Print what has moved in one look, to the standard error, while others are to follow."""
    for each in look.purchases:
        says = f", {each.operator_id} says {each.word}" if each.word else ""
        tell_line(f"{each.leg} of {each.product_order_id}: {each.state.value}{says}")
    tell_findings(look.findings)
