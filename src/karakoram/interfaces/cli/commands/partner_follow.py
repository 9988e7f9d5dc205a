"""``karakoram partner follow``: how far are the legs that are bought?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_partners import json_from_bought
from karakoram.core.identifiers import ProductOrderId
from karakoram.interfaces.cli import options, partner_options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.partner_screen import tell_bought, tell_look
from karakoram.usecases.buy.follow_purchases import follow_purchases
from karakoram.usecases.buy.follow_until_done import Following, follow_until_done, is_left

INTERVAL_S = 60.0
"""Between two looks, where nothing is said; a partner's day has 1,440 of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFollowOptions:
    """What ``karakoram partner follow`` takes."""

    order: Annotated[
        str, typer.Argument(metavar="[ORDER]", help="Identifier of our order; else all.")
    ] = ""
    until_done: Annotated[
        bool,
        typer.Option(
            "--until-done", help="Look again and again until nothing waits for a partner."
        ),
    ] = False
    interval_s: Annotated[
        float | None,
        typer.Option(
            "--interval",
            metavar="SECONDS",
            min=1.0,
            max=86_400.0,
            help=f"Between two looks, with --until-done; else {INTERVAL_S:g}.",
        ),
    ] = None
    looks_max: Annotated[
        int | None,
        typer.Option("--looks", metavar="N", min=1, help="With --until-done: N looks at most."),
    ] = None
    partners: partner_options.PartnersPath = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: PartnerFollowOptions) -> ExitCode:
    """Bring both sides into step, once or until nothing moves any more; print."""
    order_id = ProductOrderId(chosen.order) if chosen.order else None
    if chosen.until_done:
        return _until_done(order_id, chosen)
    if (chosen.interval_s, chosen.looks_max) != (None, None):
        raise typer.BadParameter("--interval and --looks would do nothing without --until-done")
    bought = follow_purchases(
        order_id,
        buying=partner_options.buying_of(chosen.store, chosen.partners),
        deed=sales_options.deed_of(chosen.who, chosen.why),
    )
    return tell_bought(bought, payload=json_from_bought, as_json=chosen.as_json)


def _until_done(order_id: ProductOrderId | None, chosen: PartnerFollowOptions) -> ExitCode:
    how = Following(
        deed_of=lambda: sales_options.deed_of(chosen.who, chosen.why),
        pause=bootstrap.pause(),
        interval_s=INTERVAL_S if chosen.interval_s is None else chosen.interval_s,
        looks_max=chosen.looks_max,
        told=(lambda _: None) if chosen.as_json else tell_look,
    )
    buying = partner_options.buying_of(chosen.store, chosen.partners)
    bought = follow_until_done(order_id, buying=buying, how=how)
    code = tell_bought(bought, payload=json_from_bought, as_json=chosen.as_json)
    return ExitCode.INFEASIBLE if any(map(is_left, bought.purchases)) else code


app = command_app(
    PartnerFollowOptions,
    run,
    help_text="Hear of partners how far their legs are, and let it happen to ours; call off or end "
    "there what is no longer wanted here. Called now and then, or with --until-done left to run: "
    "then exit code 1 says that something is left to do. Ctrl-C ends it between two steps.",
    examples=(
        "karakoram partner follow",
        "karakoram partner follow ORDER --json",
        "karakoram partner follow --until-done --interval 300",
    ),
)
