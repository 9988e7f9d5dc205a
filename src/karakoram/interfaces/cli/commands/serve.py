"""``karakoram serve``: how do buyers, partners and desks reach the platform over HTTP?

The server is imported by name once it is asked for: it is an extra that need not be there, and no
other command waits for it.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from karakoram import bootstrap
from karakoram.core.errors import RefusedError
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import status_line
from karakoram.interfaces.cli.streams import tell_line

_NEEDED = ("fastapi", "uvicorn", "python_multipart")
_SERVER = "karakoram.interfaces.http.serving"


def address_of_answers(word: str) -> str:
    """The word, which addresses in answers can begin with; an empty one leaves it to the server.

    Raises
    ------
    typer.BadParameter
        If it is no address of HTTP.
    """
    parts = urlsplit(word)
    if word and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query):
        raise typer.BadParameter(
            f"must be an address such as https://api.example.net, got {word!r}"
        )
    return word


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What ``karakoram serve`` takes."""

    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="Address that it listens at.")
    ] = "127.0.0.1"
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Port.")] = (
        8080
    )
    requests_a_second: Annotated[
        float,
        typer.Option(
            "--rate-limit", metavar="N", min=0.1, help="Requests a second of each client."
        ),
    ] = 50.0
    base_url: Annotated[
        str,
        typer.Option(
            "--base-url",
            metavar="URL",
            callback=address_of_answers,
            help="What addresses in answers begin with, behind a proxy.",
        ),
    ] = ""
    key_file: Annotated[
        Path | None,
        typer.Option(
            "--key-file",
            parser=options.path_from_word,
            metavar="FILE",
            help="Key that signs tokens, 64 hexadecimal digits; else one of this server's own.",
        ),
    ] = None
    quiet: Annotated[bool, typer.Option("--quiet", help="Tell no line of each request.")] = False
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    terms: settlement_options.Terms = None


def run(chosen: ServeOptions) -> ExitCode:
    """Prepare the network once, then serve until a signal ends it."""
    missing = [each for each in _NEEDED if find_spec(each) is None]
    if missing:
        raise RefusedError(
            f"{', '.join(missing)} is not installed; install karakoram with its extra http",
            code="extra-missing",
            alternatives=("pip install 'karakoram[http]'",),
        )
    key = b"" if chosen.key_file is None else bootstrap.key_file(chosen.key_file).read_key().secret
    server = import_module(_SERVER)
    with status_line(quiet=False) as progress:
        progress("Preparing the network")
        selling = sales_options.selling_of(
            chosen.store, network=chosen.network, catalogue=chosen.catalogue
        )
        settling = settlement_options.settling_of(
            chosen.store, terms=chosen.terms, catalogue=chosen.catalogue
        )
    server.serve(
        server.ServerOptions(
            host=chosen.host,
            port=chosen.port,
            requests_a_second=chosen.requests_a_second,
            base_url=chosen.base_url,
            token_key=key,
            is_quiet=chosen.quiet,
        ),
        selling=selling,
        settling=settling,
        moments=bootstrap.moments(),
        secrets=bootstrap.client_secrets(),
        told=tell_line,
    )
    return ExitCode.DONE


app = command_app(
    ServeOptions,
    run,
    help_text="Serve buyers, partners and the desks of operators over HTTP: TM Forum version 4 "
    "and Sonata. Put a proxy that speaks TLS before it.",
    examples=("karakoram serve", "karakoram serve --port 8443 --base-url https://api.example.net"),
)
