"""``karakoram store check``: does what is in a store fit together?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.verdicts import tell_check


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCheckOptions:
    """What ``karakoram store check`` takes."""

    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreCheckOptions) -> ExitCode:
    """Check, then print every finding; 2 when there is one."""
    word = sales_options.store_word(chosen.store)
    found = bootstrap.store_keeper(word).check()
    return tell_check(found, place=bootstrap.store_place(word), as_json=chosen.as_json)


app = command_app(
    StoreCheckOptions,
    run,
    help_text="Check a store: taken units are those that are claimed, none twice; whatever is "
    "named is there; every record can be read.",
    examples=("karakoram store check", "karakoram store check --store my.db --json"),
)
