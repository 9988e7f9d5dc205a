"""Which part of a list is asked for, which attributes of it, and how is it sent?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from operator import eq, ge, gt, le, lt
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from pydantic_core import from_json, to_json
from starlette.concurrency import run_in_threadpool

Document = Mapping[str, Any]
"""A record in the words of an interface, as JSON holds it."""

LIMIT = 50
LIMIT_MAX = 200
_SHORT_LIMIT, _SHORT_OFFSET = 20, 10_000
"""Of a page that is made sooner than a thread takes it on; other requests wait for it meanwhile."""
ALWAYS = ("id", "href")
"""Attributes that ``fields`` does not take away."""
_NO_FILTERS = frozenset({"fields", "offset", "limit", "buyerId", "sellerId"})
_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": eq,
    "gt": gt,
    "gte": ge,
    "lt": lt,
    "lte": le,
}
"""Endings of a filter's name, as of TMF630 (REST API design guidelines), part 1."""
NO_STATE = "-"
"""A state that no record has: what asks for a word that there is not finds nothing."""

Id = Annotated[str, Path(alias="id", max_length=200)]
"""Identifier of the one record that a path names."""
Fields = Annotated[
    str | None, Query(max_length=500, description="Attributes to be told, besides id and href.")
]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000, description="How many are passed over.")]
Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many are given at most.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a list that is asked for."""

    offset: int
    limit: int
    fields: frozenset[str]
    """Names; empty for all."""
    filters: tuple[tuple[str, str], ...]
    """Attributes by their dotted path, and what they must be."""

    @property
    def window(self) -> slice:
        """The part of a list that is in memory; all of it where filters must see all."""
        return slice(None) if self.filters else slice(self.offset, self.offset + self.limit)

    @property
    def is_short(self) -> bool:
        """Whether little is read for it."""
        return not self.filters and self.limit <= _SHORT_LIMIT and self.offset <= _SHORT_OFFSET

    @property
    def of_store(self) -> tuple[int, int] | None:
        """What a store need give; ``None`` where filters must see all."""
        return None if self.filters else (self.offset, self.limit)

    def with_places(self, places: Mapping[str, str]) -> "Part":
        """The part whose filters say where their attributes stand in a document.

        Parameters
        ----------
        places
            Dotted paths by the names that filters have, which may end with ``.gt`` and its like.
        """

        def placed(name: str) -> str:
            stem, dot, ending = name.rpartition(".")
            if ending in _COMPARED:
                return f"{places.get(stem, stem)}{dot}{ending}"
            return places.get(name, name)

        return replace(self, filters=tuple((placed(name), word) for name, word in self.filters))

    def without(self, name: str) -> tuple["Part", frozenset[str] | None]:
        """The part without the filters of one attribute, and the words that they let pass.

        ``None`` in the place of words where there is no such filter.
        """
        asked = [_choices(value) for each, value in self.filters if each == name]
        rest = tuple(each for each in self.filters if each[0] != name)
        return replace(self, filters=rest), frozenset.intersection(*asked) if asked else None

    def in_states(
        self, words: Mapping[Any, str], *, name: str = "state"
    ) -> tuple["Part", tuple[str, ...]]:
        """The part without its filter of states, and the states that a store is asked for instead.

        Parameters
        ----------
        words
            States as they are kept, each with the word of the interface.
        name
            The attribute that tells the state.
        """
        rest, wanted = self.without(name)
        if wanted is None:
            return rest, ()
        kept = tuple(state.value for state, word in words.items() if word in wanted)
        return rest, kept or (NO_STATE,)


async def part_asked(
    request: Request, *, offset: Offset = 0, limit: Limit = LIMIT, fields: Fields = None
) -> Part:
    """The part that a request asks for; what is no other parameter is a filter."""
    return Part(
        offset=offset,
        limit=limit,
        fields=_names(fields),
        filters=tuple(
            (name, value.strip("\"'"))
            for name, value in request.query_params.multi_items()
            if name not in _NO_FILTERS
        ),
    )


Asked = Annotated[Part, Depends(part_asked)]


def answer_from_list(
    documents: Sequence[Document],
    part: Part,
    *,
    total: int,
    partial: int = 206,
    told: frozenset[str] = frozenset(),
) -> Response:
    """The response to a list: 206 where there is more than what is sent.

    Parameters
    ----------
    documents
        The part itself, or all where there are filters.
    part
        What was asked.
    total
        How many there are; with filters, those that pass are counted.
    partial
        The status of a part that is not all; Sonata has no other for it than 200.
    told
        Attributes that the list tells; empty for all. Filters see the others too.
    """
    if part.filters:
        passed = [each for each in documents if _passes(each, part.filters)]
        total, documents = len(passed), passed[part.offset : part.offset + part.limit]
    body = [_chosen(_told(each, told), part.fields) for each in documents]
    status = _status(len(body), total, partial=partial)
    return _answer(body, status=status, headers=_counts(len(body), total))


def answer_from_told(told: Sequence[bytes], part: Part, *, total: int) -> Response:
    """The response to a list whose documents are in JSON already."""
    if part.filters or part.fields:
        return answer_from_list(list(map(from_json, told)), part, total=total)
    return _sent(
        b"".join((b"[", b",".join(told), b"]")),
        status=_status(len(told), total),
        headers=_counts(len(told), total),
    )


def answer_from_told_one(told: bytes, *, fields: str | None = None) -> Response:
    """The response that holds one document, which is in JSON already."""
    if fields:
        return answer_from_one(from_json(told), fields=fields)
    return _sent(told, status=200, headers={})


async def answer_in_turn(part: Part, answer: Callable[[], Response]) -> Response:
    """The response to a list: at once where it is short, else while others are answered."""
    return answer() if part.is_short else await run_in_threadpool(answer)


def answer_from_one(
    document: Document, *, fields: str | None = None, status: int = 200
) -> Response:
    """The response that holds one document."""
    headers = {"Location": document["href"]} if status == 201 else {}  # noqa: PLR2004
    return _answer(_chosen(document, _names(fields)), status=status, headers=headers)


def answer_from_any(body: object, *, status: int = 200) -> Response:
    """The response that holds whatever is no document."""
    return _answer(body, status=status, headers={})


def _answer(body: object, *, status: int, headers: Mapping[str, str]) -> Response:
    return _sent(to_json(body), status=status, headers=headers)


def _sent(body: bytes, *, status: int, headers: Mapping[str, str]) -> Response:
    return Response(body, status_code=status, media_type="application/json", headers=dict(headers))


def _counts(count: int, total: int) -> dict[str, str]:
    return {"X-Total-Count": str(total), "X-Result-Count": str(count)}


def _status(count: int, total: int, *, partial: int = 206) -> int:
    return partial if count < total else 200


def _names(fields: str | None) -> frozenset[str]:
    return frozenset(name.strip() for name in (fields or "").split(",") if name.strip())


def _chosen(document: Document, fields: frozenset[str]) -> Document:
    if not fields:
        return document
    wanted = {*ALWAYS, *fields}
    return {name: value for name, value in document.items() if name in wanted}


def _told(document: Document, names: frozenset[str]) -> Document:
    return {name: document[name] for name in document if name in names} if names else document


def _passes(document: Document, filters: Iterable[tuple[str, str]]) -> bool:
    return all(_is_met(document, name, wanted) for name, wanted in filters)


def own_words(kind: type[Enum]) -> Mapping[Any, str]:
    """States of which the interface has the same words as the platform."""
    return {state: state.value for state in kind}


def _choices(wanted: str) -> frozenset[str]:
    return frozenset({wanted, *wanted.split(",")})


def _is_met(document: Document, name: str, wanted: str) -> bool:
    """Whether an attribute is one of the words; ``NAME.gt`` and its like compare."""
    path, _, ending = name.rpartition(".")
    if ending in _COMPARED:
        compare = _COMPARED[ending]
        return any(
            compare(*_comparable(word, wanted)) for word in _words(document, path.split("."))
        )
    words = _choices(wanted)
    return any(word in words for word in _words(document, name.split(".")))


def _comparable(one: str, other: str) -> tuple[float, float] | tuple[str, str]:
    """Both as numbers where both are, else as text: moments in UTC are in order as they stand."""
    try:
        return float(one), float(other)
    except ValueError:
        return one, other


def _words(value: object, path: Sequence[str]) -> Iterator[str]:
    """What stands at a path, each as text; a list stands for each of its parts."""
    if isinstance(value, list | tuple):
        for each in value:
            yield from _words(each, path)
    elif path:
        if isinstance(value, Mapping) and path[0] in value:
            yield from _words(value[path[0]], path[1:])
    elif isinstance(value, bool):
        yield str(value).casefold()
    elif not isinstance(value, Mapping) and value is not None:
        yield str(value)
