"""How do the actions of a group become one transaction, each undone alone where it is refused?"""

from collections.abc import Sequence

from sqlalchemy import Connection

from karakoram.adapters.store.grouping import Waiting
from karakoram.adapters.store.transaction import Transaction


def carry_out(group: Sequence[Waiting[object]], connection: Connection) -> None:
    """Run the actions in the transaction that has begun, and commit it.

    What one of them is refused undoes that one alone.
    """
    writer = Transaction(connection)
    if len(group) == 1:  # alone, an action needs no point to go back to
        with group[0]:
            group[0].run(writer)
            connection.commit()
        return
    for each in group:
        with each, connection.begin_nested():
            each.run(writer)
    connection.commit()
