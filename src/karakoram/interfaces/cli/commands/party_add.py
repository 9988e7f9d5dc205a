"""``karakoram party add``: how does somebody get an account?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_party
from karakoram.adapters.formats.table_sales import PARTIES
from karakoram.core.identifiers import PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import (
    FileWords,
    ManyRows,
    check_table,
    run_rows,
    write_table,
    write_template,
)
from karakoram.interfaces.cli.sales_lists_screen import show_parties
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.parties import Party, PartyRole
from karakoram.usecases.desk_rows import PartyRow
from karakoram.usecases.register_party import register_party
from karakoram.usecases.words import choice_from_word, reading, refuse_unread

_GIVEN = ("party", "name", "kind", "segment", "country", "currency", "role", "sponsor")
_EXAMPLE = {
    "party": "CT",
    "name": "Carrier",
    "kind": "operator",
    "segment": "wholesale",
    "country": "CN",
    "currency": "USD",
    "role": "buyer",
}


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
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: PartyAddOptions) -> ExitCode:
    """Register, print."""
    if chosen.template is not None:
        return write_template(chosen.template, PartyRow, _EXAMPLE, as_json=chosen.as_json)
    needed = ("name", "kind", "segment", "country")
    words = {"PARTY": chosen.party, **{f"--{name}": getattr(chosen, name) for name in needed}}
    sales_options.check_one(chosen.rows_from, words)
    if chosen.rows_from is not None:
        given = {name: str(getattr(chosen, name)) for name in _GIVEN}
        return run_rows(
            _many(chosen),
            FileWords(
                rows_from=chosen.rows_from,
                table_to=chosen.table_to,
                who=chosen.who,
                why=chosen.why,
                as_json=chosen.as_json,
                given=given,
            ),
        )
    check_table(chosen.table_to)
    party = _register_one(chosen)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_party(party),
        show=lambda: show_parties(screen(), (party,)),
    )
    write_table(chosen.table_to, lambda: PARTIES.table((party,)))
    return ExitCode.DONE


def _register_one(chosen: PartyAddOptions) -> Party:
    """Understand the words, register."""
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
    return register_party(
        record.value,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )


def _many(chosen: PartyAddOptions) -> ManyRows[PartyRow, Party]:
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    ids = bootstrap.identifiers()
    return ManyRows(
        row_type=PartyRow,
        act=lambda row, deed: register_party(row.record.record(), deed=deed, store=store, ids=ids),
        form=PARTIES,
        payload=json_from_party,
    )


app = command_app(
    PartyAddOptions,
    run,
    help_text="Register who buys, sponsors or operates.",
    examples=(
        "karakoram party add CT --name Carrier --kind operator --segment wholesale --country CN",
        "karakoram party add --from parties.xlsx",
    ),
)
