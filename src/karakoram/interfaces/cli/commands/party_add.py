"""``karakoram party add``: how does somebody get an account?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_party
from karakoram.core.identifiers import PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_screen import show_parties
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.parties import Party, PartyRole
from karakoram.usecases.register_party import register_party
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAddOptions:
    """What ``karakoram party add`` takes."""

    party: Annotated[str, typer.Argument(metavar="PARTY", help="Its identifier, e.g. CT.")]
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Its name.")]
    kind: Annotated[
        str,
        typer.Option(
            "--kind", metavar="KIND", help="person, business, public_body, operator or centre."
        ),
    ]
    segment: Annotated[
        str,
        typer.Option(
            "--segment",
            metavar="SEGMENT",
            help="wholesale, or public or private with _urban or _rural.",
        ),
    ]
    country: Annotated[str, typer.Option("--country", metavar="CC", help="ISO 3166-1 alpha-2.")]
    currency: Annotated[str, typer.Option("--currency", metavar="CUR", help="ISO 4217.")] = "USD"
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="buyer, operator or sponsor.")
    ] = "buyer"
    sponsor: Annotated[
        str, typer.Option("--sponsor", metavar="PARTY", help="Who pays in a centre's place.")
    ] = ""
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: PartyAddOptions) -> ExitCode:
    """Register, print."""
    kind = reading("kind", chosen.kind, lambda word: choice_from_word(word, CustomerKind))
    segment = reading("segment", chosen.segment, lambda word: choice_from_word(word, MarketSegment))
    role = reading("role", chosen.role, lambda word: choice_from_word(word, PartyRole))
    refuse_unread((kind, segment, role))
    record = reading(
        "party",
        chosen.party,
        lambda word: Party(
            party_id=PartyId(word),
            name=chosen.name,
            role=role.value,
            kind=kind.value,
            segment=segment.value,
            country=chosen.country,
            currency=chosen.currency,
            sponsor_id=PartyId(chosen.sponsor) if chosen.sponsor else None,
        ),
    )
    refuse_unread((record,))
    party = register_party(
        record.value,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_party(party),
        show=lambda: show_parties(screen(), (party,)),
    )
    return ExitCode.DONE


app = command_app(
    PartyAddOptions,
    run,
    help_text="Register who buys, sponsors or operates.",
    examples=(
        "karakoram party add CT --name Carrier --kind operator --segment wholesale --country CN",
    ),
)
