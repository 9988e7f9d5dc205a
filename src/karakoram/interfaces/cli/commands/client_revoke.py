"""``karakoram client revoke``: how does somebody lose the way in?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_clients import json_from_client
from karakoram.core.identifiers import ApiClientId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.clients_screen import show_clients
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.store.manage_clients import revoke_client


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRevokeOptions:
    """What ``karakoram client revoke`` takes."""

    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Its name.")]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: ClientRevokeOptions) -> ExitCode:
    """Revoke, print."""
    client = revoke_client(
        ApiClientId(chosen.client),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_client(client),
        show=lambda: show_clients(screen(), (client,)),
    )
    return ExitCode.DONE


app = command_app(
    ClientRevokeOptions,
    run,
    help_text="Let a client log in no more. Tokens that it holds end within two seconds.",
    examples=("karakoram client revoke ct-orders --why 'laptop lost'",),
)
