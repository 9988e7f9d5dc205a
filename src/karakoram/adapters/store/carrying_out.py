"""How do the actions of a group become one transaction, each undone alone where it is refused?"""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from karakoram.adapters.store.grouping import Waiting
from karakoram.adapters.store.transaction import Transaction


def carry_out(
    group: Sequence[Waiting[object]],
    connection: Connection,
    *,
    ends_all: Callable[[BaseException], bool] = lambda _: False,
) -> None:
    """Run the actions in the transaction that has begun, and commit it.

    What one of them is refused undoes that one alone, unless the whole transaction is lost by it.

    Parameters
    ----------
    group
        The actions, in their order.
    connection
        On which the transaction has begun.
    ends_all
        Whether an error of one action ends the transaction of all; it is raised then.
    """
    writer = Transaction(connection)
    if len(group) == 1:  # alone, an action needs no point to go back to
        with group[0]:
            group[0].run(writer)
            connection.commit()
        _raise_what(ends_all, group[0].error)
        return
    for each in group:
        with each, connection.begin_nested():
            each.run(writer)
        _raise_what(ends_all, each.error)
    connection.commit()


def _raise_what(ends_all: Callable[[BaseException], bool], error: BaseException | None) -> None:
    if error is not None and ends_all(error):
        raise error
