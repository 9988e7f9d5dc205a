"""What is said where a store cannot do what it is asked, whichever database it is on?

Each takes the place, as it may be told to anybody, and the words of the database.
"""

from karakoram.core.errors import ConflictError, RefusedError


def busy(place: str, words: str) -> ConflictError:
    """That others held the store for too long."""
    return ConflictError(
        f"{place} is busy with others: {words}; ask again later", code="store-busy", where=place
    )


def not_allowed(place: str, words: str) -> RefusedError:
    """That the user may not."""
    return RefusedError(
        f"{place} does not let this user do it: {words}",
        code="store-not-allowed",
        where=place,
        alternatives=("ask as a user who may write it, or read a copy",),
    )


def lost(place: str, words: str) -> RefusedError:
    """That something broke on the way to the disk or to the server."""
    return RefusedError(
        f"{place} did not finish: {words}. What was being written is there whole or not at all",
        code="store-lost",
        where=place,
        alternatives=("ask again under the same external identifier: nothing is done twice",),
    )


def damaged(place: str, words: str) -> RefusedError:
    """That it lacks something that a store has, or cannot be read."""
    return RefusedError(
        f"{place} is damaged: {words}",
        code="store-damaged",
        where=place,
        alternatives=(f"karakoram store check --store {place}", "restore a back-up elsewhere"),
    )
