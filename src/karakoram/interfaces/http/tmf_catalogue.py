"""What is sold, over TM Forum 620, version 4?

The catalogue is read when the server begins and does not change while it runs: each answer is made
once. It is changed by ``karakoram catalogue import``, which judges all of it, so nothing is made,
changed or removed here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from karakoram.core.errors import NotFoundError
from karakoram.interfaces.http import paths
from karakoram.interfaces.http.allowed import allowed
from karakoram.interfaces.http.catalogue_documents import catalogue_documents
from karakoram.interfaces.http.listing import (
    Asked,
    Document,
    Fields,
    Id,
    answer_from_list,
    answer_from_one,
)
from karakoram.interfaces.http.served import Call, Served, address_of
from karakoram.sales.api_clients import ClientRole
from karakoram.usecases.catalogue.show_catalogue import network_price_trusts

ANSWERS_MAX = 512
"""Answers that are kept; the documents themselves are kept always."""
COLLECTIONS = ("catalog", "category", "productOffering", "productOfferingPrice")
COLLECTIONS_ALL = (*COLLECTIONS, "productSpecification")

router = APIRouter(prefix=paths.CATALOGUE, tags=["TMF620 product catalogue"])
Reading = Annotated[Call, Depends(allowed(*ClientRole))]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueAnswers:
    """Documents of a catalogue by collection and identifier, and answers made from them."""

    documents: Mapping[str, Mapping[str, Document]]
    _made: dict[str, Response] = field(default_factory=dict)

    def answer(self, question: str, make: Callable[[], Response]) -> Response:
        """The answer to a question, made when it is asked for the first time."""
        found = self._made.get(question)
        if found is None:
            found = make()
            if len(self._made) < ANSWERS_MAX:
                self._made[question] = found
        return found


def catalogue_answers(served: Served) -> CatalogueAnswers:
    """The documents of what a server sells, and no answers yet."""
    selling = served.selling
    documents = catalogue_documents(
        selling.catalogue,
        href=lambda path: address_of(served, path),
        network_trusts=network_price_trusts(
            selling.catalogue, selling.network, on_day=served.moments.now().date()
        ),
    )
    return CatalogueAnswers(documents=documents)


def _listed(collection: str) -> Callable[..., Any]:
    async def list_all(call: Reading, part: Asked) -> Response:
        """The records of the catalogue, in its order."""
        answers = _answers(call)
        every = list(answers.documents[collection].values())
        return answers.answer(
            f"{collection}?{call.request.url.query}",
            lambda: answer_from_list(every[part.window], part, total=len(every)),
        )

    return list_all


def _told(collection: str) -> Callable[..., Any]:
    async def read_one(record_id: Id, call: Reading, fields: Fields = None) -> Response:
        """One record of the catalogue."""
        answers = _answers(call)
        found = answers.documents[collection].get(record_id)
        if found is None:
            raise NotFoundError(f"the catalogue has no {collection} {record_id!r}.")
        return answers.answer(
            f"{collection}/{record_id}?{fields}", lambda: answer_from_one(found, fields=fields)
        )

    return read_one


def _answers(call: Call) -> CatalogueAnswers:
    answers = call.request.app.state.catalogue_answers
    assert isinstance(answers, CatalogueAnswers), "made by karakoram.interfaces.http.app"
    return answers


for _collection in COLLECTIONS_ALL:
    _word = _collection[0].upper() + _collection[1:]
    router.add_api_route(
        f"/{_collection}",
        _listed(_collection),
        methods=["GET"],
        name=f"list_{_collection}",
        openapi_extra={"x-answer": f"{_word}s"},
    )
    router.add_api_route(
        f"/{_collection}/{{id}}",
        _told(_collection),
        methods=["GET"],
        name=f"read_{_collection}",
        openapi_extra={"x-answer": _word},
    )
