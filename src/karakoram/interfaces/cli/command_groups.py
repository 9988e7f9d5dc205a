"""Which commands are there, and in which groups?"""

from collections.abc import Mapping
from dataclasses import dataclass

COMMANDS: Mapping[str, str] = {
    "design": "Design a service from A to Z: routes, light, availability, price.",
    "routes": "Find the best routes, and the two that share least risk.",
    "qualify": "Say green, yellow or red to a product, by planning it.",
    "trace": "What a product rides on, or what rides on a fibre.",
    "rate": "What is owed for a period, from what was sold and used.",
    "serve": "Serve buyers, partners and desks over HTTP.",
}
"""Of no group: one line of help by the word that calls the command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandGroup:
    """Commands that begin with one word."""

    name: str
    about: str
    """One line of help."""
    commands: Mapping[str, str]
    """One line of help by the second word of each command."""


COMMAND_GROUPS = (
    CommandGroup(
        name="network",
        about="Look at networks, check them, begin one.",
        commands={
            "show": "Show what is in a network.",
            "view": "Show what an operator sees of its partners.",
            "validate": "List everything that is wrong with a network folder.",
            "new": "Begin a network of your own with a copy of the reference corridor.",
        },
    ),
    CommandGroup(
        name="legs",
        about="Route over operators that keep their plant to themselves.",
        commands={
            "offer": "Write the legs that an operator hands over, without a span or site inside.",
            "route": "Find ways over the legs of several operators, and prove what two of them "
            "share.",
        },
    ),
    CommandGroup(
        name="optics",
        about="Follow light, element by element.",
        commands={
            "design": "Place, choose and set the amplifiers of a network in files of GNPy.",
            "all-pairs": "Light between every two transceivers of a network.",
            "hand-over": "Put legs of your own and of partners together, and tell of a leg.",
            "optimise": "Choose the launch powers that are best for a section.",
            "propagate": "Propagate light through a network in files of GNPy.",
            "regenerators": "Where regenerators go for a set of wavelengths.",
            "submarine": "What a fibre pair of a submarine cable gives.",
            "what-if": "What a new wavelength does to those already lit.",
        },
    ),
    CommandGroup(
        name="catalogue",
        about="What is sold: products, prices, promises.",
        commands={
            "list": "List what is sold on a day.",
            "show": "Show what an offering takes, promises and costs.",
            "validate": "List everything that is wrong with a catalogue folder.",
            "export": "Write the price list, or a catalogue of your own to change.",
            "import": "Put a price list in the place of a catalogue's prices.",
        },
    ),
    CommandGroup(
        name="party",
        about="Who buys, pays and operates.",
        commands={
            "add": "Register who buys, sponsors or operates.",
            "list": "List everybody who has an account.",
        },
    ),
    CommandGroup(
        name="client",
        about="Who may log in over HTTP.",
        commands={
            "add": "Let a program or a person log in over HTTP.",
            "list": "List who may log in, and who no longer may.",
            "revoke": "Let a client log in no more.",
        },
    ),
    CommandGroup(
        name="quote",
        about="Prices that hold, and what they hold.",
        commands={
            "issue": "Quote a product in up to three ways.",
            "list": "List quotes, of a buyer or in a state.",
            "show": "Show a quote with its offers and charges.",
            "decline": "Decline a quote: what it holds is free again.",
        },
    ),
    CommandGroup(
        name="order",
        about="What is ordered, leg by leg.",
        commands={
            "place": "Order an offer of a firm quote.",
            "list": "List orders, of a buyer or in a state.",
            "show": "Show an order with the leg of each operator.",
            "leg": "Say how an operator's leg stands.",
            "cancel": "Call an order off.",
            "late": "Tell every open order that is past its day.",
        },
    ),
    CommandGroup(
        name="partner",
        about="Legs that are bought of other operators.",
        commands={
            "list": "List the partners that sell over an interface.",
            "qualify": "Ask partners whether they can provide their legs.",
            "quote": "Ask partners for firm quotes of their legs.",
            "order": "Order of partners their legs of an order.",
            "follow": "Bring both sides into step.",
            "compare": "Tell in what we and our partners differ.",
        },
    ),
    CommandGroup(
        name="dxx",
        about="The digital cross-connect: open, regroom, fill and maps.",
        commands={
            "open": "Open tributaries or containers, groomed over what there is.",
            "close": "Close a container on which nothing rides.",
            "regroom": "Move everything out of a container, make before break.",
            "fill": "Show how full every container of the multiplex is.",
            "map": "Show the cross-connect map of a site.",
            "signal": "Show what carries a signal, or holds a bit rate.",
        },
    ),
    CommandGroup(
        name="store",
        about="Where what is sold is kept.",
        commands={
            "init": "Begin a store with the plant of a network and its inventory.",
            "check": "Check that all in a store fits together.",
            "backup": "Back a store up.",
            "restore": "Fill a new or empty store from a back-up.",
            "migrate": "Bring an older store up to date.",
            "log": "Show who did what to a record.",
            "jobs": "Show what is to be done later, and what became of it.",
            "work": "Do the rows of jobs until nothing is due.",
            "cancel": "Call a job off.",
        },
    ),
    CommandGroup(
        name="service",
        about="What has been sold.",
        commands={
            "list": "List what has been sold.",
            "suspend": "Bar an active product; it keeps what it holds.",
            "resume": "Lift the bar of a product that rests.",
            "cease": "Order the end of a product.",
        },
    ),
    CommandGroup(
        name="ledger",
        about="What moved from which account to which.",
        commands={
            "open": "Open an account.",
            "post": "Post the transfers of a file.",
            "reverse": "Take back what was posted by hand.",
            "balance": "Show what stands in accounts.",
            "show": "Show transfers.",
            "close": "Value a book and close its period.",
            "check": "Post all once more and compare.",
            "export": "Write a book for Beancount.",
        },
    ),
    CommandGroup(
        name="outage",
        about="When products did not work.",
        commands={
            "add": "Record a time without service.",
            "list": "List the times without service.",
        },
    ),
    CommandGroup(
        name="invoice",
        about="What buyers are asked, and what they get back.",
        commands={
            "make": "Bill a period.",
            "list": "List invoices.",
            "show": "Show an invoice line by line.",
            "pay": "Say what a buyer has paid.",
            "credit": "Credit buyers for broken promises.",
            "aged": "Tell who owes what since when.",
        },
    ),
    CommandGroup(
        name="statement",
        about="What owners earn, and who owes whom.",
        commands={
            "make": "Make the statements of all owners.",
            "list": "List the statements of the owners.",
            "show": "Show a statement line by line.",
            "agree": "Agree to a statement, or list every difference.",
            "net": "Settle all agreed statements with few payments.",
            "terms": "Begin settlement terms of your own.",
        },
    ),
    CommandGroup(
        name="exchange",
        about="What exchange rates do to the owners' books.",
        commands={
            "report": "Explain what exchange rates gained and lost.",
            "earnings": "Tell what has come from abroad, by owner, country and currency.",
            "rates": "List exchange rates, and until when they say something.",
            "add": "Add the exchange rate of a day to your own terms.",
        },
    ),
    CommandGroup(
        name="levy",
        about="What owners collect for tax offices and owe regulators.",
        commands={
            "report": "Tell taxes and levies, document by document.",
            "pay": "Say what was paid to a tax office or regulator.",
        },
    ),
    CommandGroup(
        name="dispute",
        about="Lines that are said to be wrong.",
        commands={
            "open": "Say that a line is wrong.",
            "answer": "Accept, reject or withdraw a dispute.",
            "list": "List disputes.",
        },
    ),
    CommandGroup(
        name="simulate",
        about="Traffic and failures, before they happen.",
        commands={
            "traffic": "How often a topology refuses requests that come and go.",
            "failures": "What failures take, and what protection and restoration save.",
            "growth": "As traffic grows, what is full first and what is lost.",
        },
    ),
)
"""In the order of the help page."""
