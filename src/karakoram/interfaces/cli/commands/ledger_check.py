"""``karakoram ledger check``: is the ledger what its transfers make it?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.verdicts import tell_check
from karakoram.usecases.store.store_ports import StoreCheck

_TABLES = ("account", "balance", "book_close", "ledger_transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCheckOptions:
    """What ``karakoram ledger check`` takes."""

    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: LedgerCheckOptions) -> ExitCode:
    """Check, then print every finding about the ledger; 2 when there is one."""
    word = sales_options.store_word(chosen.store)
    every = bootstrap.store_keeper(word).check()
    found = StoreCheck(
        counts={name: every.counts[name] for name in _TABLES if name in every.counts},
        findings=tuple(
            each
            for each in every.findings
            if each.place.table in _TABLES or each.place.record is None  # then nothing was judged
        ),
    )
    return tell_check(found, place=bootstrap.store_place(word), as_json=chosen.as_json)


app = command_app(
    LedgerCheckOptions,
    run,
    help_text="Post all transfers once more from nothing and compare: every balance is what they "
    "make it, every currency adds up to nothing.",
    examples=("karakoram ledger check", "karakoram ledger check --store my.db --json"),
)
