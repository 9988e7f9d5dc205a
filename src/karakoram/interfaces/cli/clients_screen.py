"""How does a person read who may log in?"""

from collections.abc import Iterable

from rich.console import Console

from karakoram.interfaces.cli.screen import show_lines
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.api_clients import ApiClient


def show_clients(console: Console, clients: Iterable[ApiClient]) -> None:
    """Print clients."""
    show_table(
        console,
        ("Client", "Kind", "Roles", "Of", "State", "Since"),
        (
            (
                client.client_id,
                client.kind.value,
                ", ".join(role.value for role in client.roles),
                client.party_id or client.operator_id or "-",
                client.state.value,
                f"{client.made_at:%Y-%m-%d}",
            )
            for client in clients
        ),
    )


def show_new_client(console: Console, client: ApiClient, *, secret: str) -> None:
    """Print a client, and its secret this once."""
    show_clients(console, (client,))
    show_lines(console, f"Its secret, told now and never again:  {secret}")
