"""What does ``karakoram`` offer on the command line?"""

import os
import signal
import sys
from importlib import import_module
from io import StringIO
from typing import Annotated

import typer

from karakoram.interfaces.cli.lazy_group import LazyGroup, add_stand_ins
from karakoram.interfaces.cli.streams import OutputTold, tell_line

_COMMANDS = {
    "design": "Design a service from A to Z: routes, light, availability, price.",
    "routes": "Find the best routes, and the two that share least risk.",
    "qualify": "Say green, yellow or red to a product, by planning it.",
    "trace": "What a product rides on, or what rides on a fibre.",
    "rate": "What is owed for a period, from what was sold and used.",
    "serve": "Serve buyers, partners and desks over HTTP.",
}
_NETWORK_COMMANDS = {
    "show": "Show what is in a network.",
    "view": "Show what an operator sees of its partners.",
    "validate": "List everything that is wrong with a network folder.",
    "new": "Begin a network of your own with a copy of the reference corridor.",
}
_LEGS_COMMANDS = {
    "offer": "Write the legs that an operator hands over, without a span or site inside.",
    "route": "Find ways over the legs of several operators, and prove what two of them share.",
}
_OPTICS_COMMANDS = {
    "design": "Place, choose and set the amplifiers of a network in files of GNPy.",
    "all-pairs": "Light between every two transceivers of a network.",
    "hand-over": "Put legs of your own and of partners together, and tell of a leg.",
    "optimise": "Choose the launch powers that are best for a section.",
    "propagate": "Propagate light through a network in files of GNPy.",
    "regenerators": "Where regenerators go for a set of wavelengths.",
    "submarine": "What a fibre pair of a submarine cable gives.",
    "what-if": "What a new wavelength does to those already lit.",
}
_CATALOGUE_COMMANDS = {
    "list": "List what is sold on a day.",
    "show": "Show what an offering takes, promises and costs.",
    "validate": "List everything that is wrong with a catalogue folder.",
    "export": "Write the price list, or a catalogue of your own to change.",
    "import": "Put a price list in the place of a catalogue's prices.",
}
_SIMULATE_COMMANDS = {
    "traffic": "How often a topology refuses requests that come and go.",
    "failures": "What failures take, and what protection and restoration save.",
    "growth": "As traffic grows, what is full first and what is lost.",
}
_PARTY_COMMANDS = {
    "add": "Register who buys, sponsors or operates.",
    "list": "List everybody who has an account.",
}
_CLIENT_COMMANDS = {
    "add": "Let a program or a person log in over HTTP.",
    "list": "List who may log in, and who no longer may.",
    "revoke": "Let a client log in no more.",
}
_PARTNER_COMMANDS = {
    "list": "List the partners that sell over an interface.",
    "qualify": "Ask partners whether they can provide their legs.",
    "quote": "Ask partners for firm quotes of their legs.",
    "order": "Order of partners their legs of an order.",
    "follow": "Bring both sides into step.",
    "compare": "Tell in what we and our partners differ.",
}
_QUOTE_COMMANDS = {
    "issue": "Quote a product in up to three ways.",
    "list": "List quotes, of a buyer or in a state.",
    "show": "Show a quote with its offers and charges.",
    "decline": "Decline a quote: what it holds is free again.",
}
_ORDER_COMMANDS = {
    "place": "Order an offer of a firm quote.",
    "list": "List orders, of a buyer or in a state.",
    "show": "Show an order with the leg of each operator.",
    "leg": "Say how an operator's leg stands.",
    "cancel": "Call an order off.",
    "late": "Tell every open order that is past its day.",
}
_SERVICE_COMMANDS = {
    "list": "List what has been sold.",
    "suspend": "Bar an active product; it keeps what it holds.",
    "resume": "Lift the bar of a product that rests.",
    "cease": "Order the end of a product.",
}
_DXX_COMMANDS = {
    "open": "Open tributaries or containers, groomed over what there is.",
    "close": "Close a container on which nothing rides.",
    "regroom": "Move everything out of a container, make before break.",
    "fill": "Show how full every container of the multiplex is.",
    "map": "Show the cross-connect map of a site.",
}
_INVOICE_COMMANDS = {
    "make": "Bill a period.",
    "list": "List invoices.",
    "show": "Show an invoice line by line.",
    "pay": "Say what a buyer has paid.",
    "credit": "Credit buyers for broken promises.",
}
_OUTAGE_COMMANDS = {
    "add": "Record a time without service.",
    "list": "List the times without service.",
}
_STATEMENT_COMMANDS = {
    "make": "Make the statements of all owners.",
    "list": "List the statements of the owners.",
    "show": "Show a statement line by line.",
    "agree": "Agree to a statement, or list every difference.",
    "net": "Settle all agreed statements with few payments.",
    "terms": "Begin settlement terms of your own.",
}
_EXCHANGE_COMMANDS = {
    "report": "Explain what exchange rates gained and lost.",
    "earnings": "Tell what has come from abroad, by owner, country and currency.",
    "rates": "List exchange rates, and until when they say something.",
    "add": "Add the exchange rate of a day to your own terms.",
}
_LEVY_COMMANDS = {
    "report": "Tell taxes and levies, document by document.",
    "pay": "Say what was paid to a tax office or regulator.",
}
_DISPUTE_COMMANDS = {
    "open": "Say that a line is wrong.",
    "answer": "Accept, reject or withdraw a dispute.",
    "list": "List disputes.",
}
_STORE_COMMANDS = {
    "init": "Begin a store with the plant of a network and its inventory.",
    "check": "Check that all in a store fits together.",
    "backup": "Back a store up.",
    "restore": "Fill a new or empty store from a back-up.",
    "migrate": "Bring an older store up to date.",
    "log": "Show who did what to a record.",
    "jobs": "Show what is to be done later, and what became of it.",
    "work": "Do the rows of jobs until nothing is due.",
    "cancel": "Call a job off.",
}
_LEDGER_COMMANDS = {
    "open": "Open an account.",
    "post": "Post the transfers of a file.",
    "balance": "Show what stands in accounts.",
    "show": "Show transfers.",
    "close": "Value a book and close its period.",
    "check": "Post all once more and compare.",
    "export": "Write a book for Beancount.",
}
_COMPLETION = "_KARAKORAM_COMPLETE"
"""Set by the script of ``--show-completion`` to ask for completions."""
_EXAMPLES = """\b
Examples:
  karakoram design Urumqi Marseille --bit-rate 400G --protection 1+1
  karakoram routes URC KHI --k 3 --disjoint srlg
  karakoram network show

Exit codes: 0 done, 1 infeasible, 2 bad input."""

app = typer.Typer(
    cls=LazyGroup,
    help="Design services over a long-haul fibre corridor of several operators: their routes, "
    "light, availability and price; sell them, and settle what they earn. Operating is meant for "
    "later.",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_network = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_legs = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_optics = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_simulate = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_catalogue = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(app, _COMMANDS)
add_stand_ins(_catalogue, _CATALOGUE_COMMANDS)
_party = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_quote = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_order = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_service = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_client = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_party, _PARTY_COMMANDS)
add_stand_ins(_client, _CLIENT_COMMANDS)
add_stand_ins(_quote, _QUOTE_COMMANDS)
add_stand_ins(_order, _ORDER_COMMANDS)
_partner = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_partner, _PARTNER_COMMANDS)
_dxx = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_dxx, _DXX_COMMANDS)
_invoice = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_invoice, _INVOICE_COMMANDS)
_outage = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_outage, _OUTAGE_COMMANDS)
_statement = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_statement, _STATEMENT_COMMANDS)
_exchange = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_exchange, _EXCHANGE_COMMANDS)
_levy = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_levy, _LEVY_COMMANDS)
_dispute = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_dispute, _DISPUTE_COMMANDS)
_store = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
_ledger = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None)
add_stand_ins(_ledger, _LEDGER_COMMANDS)
add_stand_ins(_service, _SERVICE_COMMANDS)
add_stand_ins(_store, _STORE_COMMANDS)
add_stand_ins(_network, _NETWORK_COMMANDS)
add_stand_ins(_legs, _LEGS_COMMANDS)
add_stand_ins(_optics, _OPTICS_COMMANDS)
add_stand_ins(_simulate, _SIMULATE_COMMANDS)
app.add_typer(_network, name="network", help="Look at networks, check them, begin one.")
app.add_typer(_legs, name="legs", help="Route over operators that keep their plant to themselves.")
app.add_typer(_optics, name="optics", help="Follow light, element by element.")
app.add_typer(_catalogue, name="catalogue", help="What is sold: products, prices, promises.")
app.add_typer(_party, name="party", help="Who buys, pays and operates.")
app.add_typer(_client, name="client", help="Who may log in over HTTP.")
app.add_typer(_quote, name="quote", help="Prices that hold, and what they hold.")
app.add_typer(_order, name="order", help="What is ordered, leg by leg.")
app.add_typer(_partner, name="partner", help="Legs that are bought of other operators.")
app.add_typer(_dxx, name="dxx", help="The digital cross-connect: open, regroom, fill and maps.")
app.add_typer(_store, name="store", help="Where what is sold is kept.")
app.add_typer(_service, name="service", help="What has been sold.")
app.add_typer(_ledger, name="ledger", help="What moved from which account to which.")
app.add_typer(_outage, name="outage", help="When products did not work.")
app.add_typer(_invoice, name="invoice", help="What buyers are asked, and what they get back.")
app.add_typer(_statement, name="statement", help="What owners earn, and who owes whom.")
app.add_typer(_exchange, name="exchange", help="What exchange rates do to the owners' books.")
app.add_typer(_levy, name="levy", help="What owners collect for tax offices and owe regulators.")
app.add_typer(_dispute, name="dispute", help="Lines that are said to be wrong.")
app.add_typer(_simulate, name="simulate", help="Traffic and failures, before they happen.")


def _tell_version(wanted: bool) -> bool:  # noqa: FBT001
    if wanted:
        metadata = import_module("importlib.metadata")  # slow to import, and seldom wanted
        print(f"karakoram {metadata.version('karakoram')}")
        raise typer.Exit
    return wanted


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Take the options that stand before any command."""


def main() -> None:
    """Run the command line; a reader that stops reading (``| head``) ends it quietly."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.stderr is None:  # else what Typer tells there would go to the standard output
        sys.stderr = StringIO()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    with OutputTold():
        _check_completion()
        app(prog_name="karakoram")


def _check_completion() -> None:
    """Refuse to complete for a bash that does not say which words are typed so far."""
    if os.environ.get(_COMPLETION) != "complete_bash":
        return
    if "COMP_WORDS" not in os.environ or not os.environ.get("COMP_CWORD", "").isdecimal():
        tell_line(
            f"Error: {_COMPLETION} is for the shell, which also sets COMP_WORDS and COMP_CWORD, a "
            "number; unset it"
        )
        raise SystemExit(2)
