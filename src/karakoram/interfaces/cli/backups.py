"""How does a command of back-ups say what one holds?"""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from karakoram import bootstrap
from karakoram.adapters.formats.json_store import json_from_backup
from karakoram.interfaces.cli import sales_options
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.store_screen import show_backup
from karakoram.usecases.store.store_ports import StoreBackup, StoreKeeper


@runtime_checkable
class BackupWords(Protocol):
    """What every command of back-ups takes."""

    @property
    def store(self) -> str:
        """The store, as it was named."""

    @property
    def as_json(self) -> bool:
        """Whether a program reads the answer."""


def tell_backup(
    chosen: BackupWords, make: Callable[[StoreKeeper], StoreBackup], *, title: Callable[[str], str]
) -> ExitCode:
    """Make, or read, a back-up of the store that is meant, and tell what it holds.

    Parameters
    ----------
    chosen
        Names the store, and says who reads.
    make
        Does it.
    title
        What was done, in the words for the store's place.
    """
    word = sales_options.store_word(chosen.store)
    place = bootstrap.store_place(word)
    made = make(bootstrap.store_keeper(word))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_backup(made),
        show=lambda: show_backup(screen(), made, title=title(place)),
    )
    return ExitCode.DONE
