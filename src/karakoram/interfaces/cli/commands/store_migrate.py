"""``karakoram store migrate``: how does an older store come up to date?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreMigrateOptions:
    """What ``karakoram store migrate`` takes."""

    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreMigrateOptions) -> ExitCode:
    """Migrate, say from which form to which."""
    word = sales_options.store_word(chosen.store)
    place = bootstrap.store_place(word)
    before, after = bootstrap.store_keeper(word).migrate()
    if chosen.as_json:
        print_json({"store": place, "before": before, "after": after})
    elif before == after:
        print(f"{place} is up to date (form {after}).")
    else:
        print(f"{place} is up to date now: form {after}, it was {before}.")
    return ExitCode.DONE


app = command_app(
    StoreMigrateOptions,
    run,
    help_text="Bring a store that an older Karakoram wrote up to date; with that one back it up "
    "before.",
    examples=("karakoram store migrate", "karakoram store migrate --store my.db --json"),
)
