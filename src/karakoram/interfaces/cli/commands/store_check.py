"""``karakoram store check``: does what is in a store fit together?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.store_screen import show_check


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCheckOptions:
    """What ``karakoram store check`` takes."""

    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreCheckOptions) -> ExitCode:
    """Check, then print every finding; 2 when there is one."""
    word = sales_options.store_word(chosen.store)
    place = bootstrap.store_place(word)
    found = bootstrap.store_keeper(word).check()
    if chosen.as_json:
        payload = {
            "store": place,
            "sound": not found.findings,
            "counts": dict(found.counts),
            "findings": json_from_findings(found.findings),
        }
        print_json(payload)
    else:
        show_check(screen(), found, store=place)
    return ExitCode.BAD_INPUT if found.findings else ExitCode.DONE


app = command_app(
    StoreCheckOptions,
    run,
    help_text="Check a store: taken units are those that are claimed, none twice; whatever is "
    "named is there; every record can be read.",
    examples=("karakoram store check", "karakoram store check --store my.db --json"),
)
