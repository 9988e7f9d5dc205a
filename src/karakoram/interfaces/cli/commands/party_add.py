"""``karakoram party add``: how does somebody get an account?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.core.identifiers import PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.interfaces.cli.sales_lists_screen import show_parties
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.jobs import JobKind
from karakoram.sales.parties import Party, PartyRole
from karakoram.usecases.desk.desk_rows import CountryCode, PartyName, PartyRow
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAddOptions:
    """What ``karakoram party add`` takes."""

    party: Annotated[str, typer.Argument(metavar="PARTY", help="Its identifier, e.g. CT.")] = ""
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Its name.")] = ""
    kind: Annotated[
        str,
        typer.Option(
            "--kind", metavar="KIND", help="person, business, public_body, operator or centre."
        ),
    ] = ""
    segment: Annotated[
        str,
        typer.Option(
            "--segment",
            metavar="SEGMENT",
            help="wholesale, or public or private with _urban or _rural.",
        ),
    ] = ""
    country: Annotated[str, typer.Option("--country", metavar="CC", help="ISO 3166-1 alpha-2.")] = (
        ""
    )
    currency: Annotated[str, typer.Option("--currency", metavar="CUR", help="ISO 4217.")] = "USD"
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="buyer, operator or sponsor.")
    ] = "buyer"
    sponsor: Annotated[
        str, typer.Option("--sponsor", metavar="PARTY", help="Who pays in a centre's place.")
    ] = ""
    rows_from: sales_options.RowsFrom = None
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _asked(chosen: PartyAddOptions) -> PartyRow:
    """What the words say, understood."""
    kind = reading("kind", chosen.kind, lambda word: choice_from_word(word, CustomerKind))
    segment = reading("segment", chosen.segment, lambda word: choice_from_word(word, MarketSegment))
    role = reading("role", chosen.role, lambda word: choice_from_word(word, PartyRole))
    refuse_unread((kind, segment, role))
    row = reading(
        "party",
        chosen.party,
        lambda word: PartyRow(
            party=PartyId(word),
            name=PartyName(chosen.name),
            role=role.value,
            kind=kind.value,
            segment=segment.value,
            country=CountryCode(chosen.country),
            currency=chosen.currency,
            sponsor=PartyId(chosen.sponsor) if chosen.sponsor else None,
        ),
    )
    refuse_unread((row,))
    return row.value


_COMMAND: DeskCommand[PartyAddOptions, Party] = DeskCommand(
    kind=JobKind.PARTY_ADD,
    example={
        "party": "CT",
        "name": "Carrier",
        "kind": "operator",
        "segment": "wholesale",
        "country": "CN",
        "currency": "USD",
        "role": "buyer",
    },
    needed={
        "PARTY": "party",
        "--name": "name",
        "--kind": "kind",
        "--segment": "segment",
        "--country": "country",
    },
    given=("party", "name", "kind", "segment", "country", "currency", "role", "sponsor"),
    record=_asked,
    show=lambda _, party: show_parties(screen(), (party,)),
)


app = command_app(
    PartyAddOptions,
    _COMMAND.run,
    help_text="Register who buys, sponsors or operates.",
    examples=(
        "karakoram party add CT --name Carrier --kind operator --segment wholesale --country CN",
        "karakoram party add --from parties.xlsx",
    ),
)
