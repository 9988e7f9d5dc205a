"""``karakoram client list``: who may log in over HTTP, and who no longer may?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.adapters.formats.json_clients import json_from_client
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.clients_screen import show_clients
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.store.manage_clients import all_clients


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientListOptions:
    """What ``karakoram client list`` takes."""

    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: ClientListOptions) -> ExitCode:
    """Read, print."""
    clients = all_clients(store=bootstrap.sales_store(sales_options.store_word(chosen.store)))
    tell_answer(
        chosen.as_json,
        payload=lambda: {"clients": [json_from_client(each) for each in clients]},
        show=lambda: show_clients(screen(), clients),
    )
    return ExitCode.DONE


app = command_app(
    ClientListOptions,
    run,
    help_text="List who may log in over HTTP, and who no longer may. Secrets are kept nowhere.",
    examples=("karakoram client list",),
)
