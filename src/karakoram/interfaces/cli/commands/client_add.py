"""``karakoram client add``: who may log in over HTTP, for whom and in which roles?"""

from dataclasses import dataclass, field
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_clients import json_from_client
from karakoram.core.errors import InvalidDataError
from karakoram.core.identifiers import ApiClientId, OperatorId, PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.clients_screen import show_new_client
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.api_clients import ClientKind, ClientRole
from karakoram.sales.parties import Party
from karakoram.usecases.settle.known_names import refuse_unknown
from karakoram.usecases.store.manage_clients import NewClient, add_client
from karakoram.usecases.words import choice_from_word, question_finding, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAddOptions:
    """What ``karakoram client add`` takes."""

    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Its name, e.g. ct-orders.")]
    roles: Annotated[
        list[str],
        typer.Option(
            "--role",
            metavar="ROLE",
            help="buyer; of an operator seller_desk, noc, finance (repeatable); or admin.",
        ),
    ] = field(default_factory=list)
    party: Annotated[
        str, typer.Option("--party", metavar="PARTY", help="For whom a buyer's client buys.")
    ] = ""
    operator: Annotated[
        str, typer.Option("--operator", metavar="OPERATOR", help="As which operator it acts.")
    ] = ""
    is_person: Annotated[
        bool, typer.Option("--person", help="Somebody who logs in with a password.")
    ] = False
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: ClientAddOptions) -> ExitCode:
    """Make the client, print its secret this once."""
    roles = [
        reading("role", word, lambda each: choice_from_word(each, ClientRole))
        for word in chosen.roles
    ]
    if not roles:
        every = ", ".join(role.value for role in ClientRole)
        raise InvalidDataError((question_finding("role", f"is missing; name one of {every}"),))
    refuse_unread(roles)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    store.read(lambda tx: refuse_unknown(tx, Party, chosen.party))
    new = NewClient(
        client_id=ApiClientId(chosen.client),
        kind=ClientKind.PERSON if chosen.is_person else ClientKind.PROGRAM,
        roles=frozenset(each.value for each in roles),
        party_id=PartyId(chosen.party) if chosen.party else None,
        operator_id=OperatorId(chosen.operator) if chosen.operator else None,
    )
    deed = sales_options.deed_of(chosen.who, chosen.why)
    made = reading(
        "role",
        ", ".join(chosen.roles),
        lambda _: add_client(
            new,
            network=bootstrap.network_source(chosen.network).read_network(),
            deed=deed,
            store=store,
            ids=bootstrap.identifiers(),
            secrets=bootstrap.client_secrets(),
        ),
    )
    refuse_unread((made,))
    client, secret = made.value
    tell_answer(
        chosen.as_json,
        payload=lambda: {**json_from_client(client), "secret": secret},
        show=lambda: show_new_client(screen(), client, secret=secret),
    )
    return ExitCode.DONE


app = command_app(
    ClientAddOptions,
    run,
    help_text="Let a program or a person log in over HTTP. Its secret is printed once and kept "
    "nowhere.",
    examples=(
        "karakoram client add ct-orders --role buyer --party CT",
        "karakoram client add sco-noc --role noc --operator SCO",
        "karakoram client add aisha --person --role seller_desk --role finance --operator SCO",
    ),
)
