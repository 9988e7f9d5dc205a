"""Which documents were made lately, so that they need not be made again?"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock

from fastapi import Response
from pydantic_core import to_json

from karakoram.interfaces.http.listing import (
    Document,
    Part,
    answer_from_told,
    answer_in_turn,
)
from karakoram.interfaces.http.served import Call
from karakoram.usecases.sell.sales_ports import SalesStore, Stamp
from karakoram.usecases.sell.see_sales import SeenT, Sent
from karakoram.usecases.sell.tell_sales import Teller, page_told

DOCUMENTS_BYTES = 64_000_000
"""Of documents that are kept, some 2 kB each; the one that was asked for longest ago goes."""
_BESIDE_BYTES = 500
"""Of a key and what holds the two together."""


class MadeDocuments:
    """Documents in JSON by what they are made from: a version of a record, and who looks at it."""

    __slots__ = ("_bytes", "_lock", "_made")

    def __init__(self) -> None:
        """Keep none yet."""
        self._lock = Lock()
        self._made: OrderedDict[object, bytes] = OrderedDict()
        self._bytes = 0

    def found(self, key: object) -> bytes | None:
        """The document of the key; ``None`` where it is not kept."""
        with self._lock:
            document = self._made.get(key)
            if document is not None:
                self._made.move_to_end(key)
            return document

    def keep(self, key: object, document: bytes) -> bytes:
        """The document, which is kept from now on."""
        with self._lock:
            self._drop(key)
            self._made[key] = document
            self._bytes += len(document) + _BESIDE_BYTES
            while self._bytes > DOCUMENTS_BYTES:
                self._drop(next(iter(self._made)))
        return document

    def _drop(self, key: object) -> None:
        gone = self._made.pop(key, None)
        if gone is not None:
            self._bytes -= len(gone) + _BESIDE_BYTES


def teller(
    call: Call, kind: type[SeenT], tell: Callable[[Sent[SeenT], Call], Document], *, dialect: str
) -> Teller[SeenT, bytes]:
    """Tells whoever calls of records in the words of an interface, as JSON.

    A version of a record is written once, and no record is ever removed, so identifier and version
    say what is told; the viewer is part of the key, so that nobody is told what another is.

    Parameters
    ----------
    call
        Who asks.
    kind
        Of which records.
    tell
        Makes the document of a record.
    dialect
        The name of the interface's words.
    """
    kept = call.request.app.state.documents
    assert isinstance(kept, MadeDocuments), "made by karakoram.interfaces.http.app"
    viewer = call.viewer

    def known(stamp: Stamp) -> bytes | None:
        return kept.found((dialect, stamp, viewer))

    def told(sent: Sent[SeenT], stamp: Stamp) -> bytes:
        return kept.keep((dialect, stamp, viewer), to_json(tell(sent, call)))

    return Teller(kind=kind, viewer=viewer, known=known, tell=told)


async def list_answer(
    teller: Teller[SeenT, bytes], part: Part, *, store: SalesStore, states: Iterable[str] = ()
) -> Response:
    """The response to a list of records: at once where it is short, else while others are answered.

    Parameters
    ----------
    teller
        Who tells whom of which kind.
    part
        What is asked, without what ``states`` say.
    store
        Where the records are.
    states
        In which states; empty for all.
    """

    def answer() -> Response:
        found = page_told(teller, store=store, states=states, part=part.of_store)
        return answer_from_told(found.told, part, total=found.total)

    return await answer_in_turn(part, answer)
