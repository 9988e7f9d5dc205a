"""Which documents were made lately, so that they need not be made again?"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from karakoram.interfaces.http.listing import Document
from karakoram.interfaces.http.served import Call

DOCUMENTS_MAX = 1_024
"""Documents that are kept, some 10 kB each; the one that was asked for longest ago goes."""


class MadeDocuments:
    """Documents by what they are made from: a version of a record, and who looks at it."""

    __slots__ = ("_lock", "_made")

    def __init__(self) -> None:
        """Keep none yet."""
        self._lock = Lock()
        self._made: OrderedDict[object, Document] = OrderedDict()

    def document(self, key: object, make: Callable[[], Document]) -> Document:
        """The document of the key, made when it is not kept."""
        with self._lock:
            found = self._made.get(key)
            if found is not None:
                self._made.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._made[key] = made
            if len(self._made) > DOCUMENTS_MAX:
                self._made.popitem(last=False)
        return made


def kept_document(call: Call, key: tuple[object, ...], make: Callable[[], Document]) -> Document:
    """The document of a record as it was read from the store, for whoever calls.

    Parameters
    ----------
    call
        Who asks.
    key
        Identifier and version of the record, and what else the document is made from.
    make
        Makes the document.
    """
    kept = call.request.app.state.documents
    assert isinstance(kept, MadeDocuments), "made by karakoram.interfaces.http.app"
    return kept.document((*key, call.viewer), make)
