"""What is a client told when the answer is no, in the words of the interface it speaks?

TM Forum and Sonata have bodies of their own; everything else is a problem of RFC 9457.
"""

import logging
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException

from karakoram.core.errors import (
    ConflictError,
    InvalidDataError,
    KarakoramError,
    NotFoundError,
    RefusedError,
    TakenError,
)
from karakoram.interfaces.http.paths import DESCRIPTION, LOG_IN, is_sonata, is_tm_forum

_STATUS: Mapping[str, HTTPStatus] = {
    "external-id-reused": HTTPStatus.CONFLICT,
    "something-rides-here": HTTPStatus.CONFLICT,
    "not-your-party": HTTPStatus.FORBIDDEN,
    "not-your-offering": HTTPStatus.FORBIDDEN,
    "not-the-seller": HTTPStatus.FORBIDDEN,
}
"""What is no plain 422."""
_ELSEWHERE = "somebody else was faster: what was asked for was taken or changed meanwhile"
_SAID: Mapping[str, str] = {
    "something-rides-here": "others ride on it",
    "not-storable": "the store cannot hold one of the values",
}
"""What is told in the place of messages that name what belongs to others, or where it is kept."""
_STORE = "store-"
"""How codes begin of what a store cannot do now, whatever is asked of it."""
_STORE_RESTS = (
    "the store is busy or cannot be reached; ask again: under the same externalId nothing is done "
    "twice"
)
_STORE_RESTS_S = 5
_STATUS_CODES: Mapping[HTTPStatus, str] = {
    HTTPStatus.BAD_REQUEST: "invalid-body",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
}
"""What is wrong where the body of a request could not be read; else the code is the status."""
_SONATA_WORDS: Mapping[HTTPStatus, str] = {
    HTTPStatus.UNAUTHORIZED: "invalidCredentials",
    HTTPStatus.FORBIDDEN: "accessDenied",
    HTTPStatus.NOT_FOUND: "notFound",
    HTTPStatus.INTERNAL_SERVER_ERROR: "internalError",
    HTTPStatus.SERVICE_UNAVAILABLE: "internalError",
    HTTPStatus.NOT_IMPLEMENTED: "notImplemented",
}
"""The only code that Sonata has for the status; 400 and 422 have several."""
_STATUS_WORDS: Mapping[str, str] = {
    "Not Found": f"there is nothing at this address; {DESCRIPTION} tells what there is",
    "There was an error parsing the body": "cannot be read as JSON: it has too many levels, a "
    "number of too many digits, or letters that are no UTF-8",
}
"""What is told in the place of words that the framework has for it."""
_NO_OBJECT = "must be a JSON object"
_FORM_WORDS: Mapping[str, str] = {
    "model_attributes_type": _NO_OBJECT,
    "json_invalid": "is no JSON",
}
"""What is told in the place of words that pydantic has for whoever wrote the form."""
_OF_OURS = "Value error, "
"""What pydantic sets before a message of our own."""
_REASON_CHARACTERS_MAX = 255
"""Of a Sonata reason, by its schema."""


class AskedTooOftenError(KarakoramError):
    """The client asks more often than it may."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"too many requests; ask again in {math.ceil(wait_s)} s")
        self.wait_s = wait_s


class NotAllowedError(KarakoramError):
    """Nobody has logged in, or not in a role that may do this."""

    def __init__(self, message: str, *, is_known: bool) -> None:
        super().__init__(message)
        self.is_known = is_known


class DeclinedError(KarakoramError):
    """An optional operation of the specification that this server does not offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing that is wrong, and where in the request."""

    code: str
    message: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A refusal, before it is put into the words of an interface."""

    status: HTTPStatus
    details: tuple[Detail, ...]
    alternatives: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """All that is wrong, in a line."""
        return "; ".join(
            f"{each.path}: {each.message}" if each.path else each.message for each in self.details
        )


@contextmanager
def references_checked() -> Iterator[None]:
    """Inside, what is not there is a wrong reference of the request, not a wrong address."""
    try:
        yield
    except NotFoundError as error:
        raise RefusedError(
            str(error), code="unknown-reference", alternatives=error.near_misses
        ) from error


def tell_refusals(app: FastAPI) -> None:
    """Let the application answer every error in the words of the interface that was asked."""
    for kind, problem in (
        (KarakoramError, problem_from_error),
        (RequestValidationError, _problem_from_form),
        (HTTPException, _problem_from_status),
        (Exception, _problem_from_bug),
    ):

        def told(request: Request, error: Any, problem: Any = problem) -> Response:  # noqa: ANN401
            return answer_from_problem(problem(error), request.url.path)

        app.add_exception_handler(kind, told)


def problem_from_error(error: KarakoramError) -> Problem:
    """The refusal that an error of the platform is."""
    if isinstance(error, InvalidDataError):
        return _problem_from_findings(error)
    if isinstance(error, RefusedError):
        return _problem_from_refused(error)
    if isinstance(error, AskedTooOftenError):
        wait = {"Retry-After": str(max(1, math.ceil(error.wait_s)))}
        return _problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", error, headers=wait)
    if isinstance(error, NotAllowedError) and not error.is_known:
        ask = {"WWW-Authenticate": "Bearer"}
        return _problem(HTTPStatus.UNAUTHORIZED, "not-logged-in", error, headers=ask)
    known: dict[type[KarakoramError], tuple[HTTPStatus, str]] = {
        NotFoundError: (HTTPStatus.NOT_FOUND, "not-found"),
        NotAllowedError: (HTTPStatus.FORBIDDEN, "not-allowed"),
        DeclinedError: (HTTPStatus.NOT_IMPLEMENTED, "not-offered"),
    }
    status, code = known.get(type(error), (HTTPStatus.UNPROCESSABLE_ENTITY, "refused"))
    return _problem(status, code, error)


def answer_from_problem(problem: Problem, path: str) -> Response:
    """The response in the words of the interface that the path belongs to."""
    media_type = "application/json"
    body: object
    if path == LOG_IN and problem.status is HTTPStatus.BAD_REQUEST:
        body = _log_in_body(problem)
    elif is_sonata(path) and problem.status is not HTTPStatus.TOO_MANY_REQUESTS:
        problem = _business_problem(problem)
        body = _sonata_body(problem)
    elif is_tm_forum(path):
        body = _tm_forum_body(problem)
    else:
        body, media_type = _problem_body(problem), "application/problem+json"
    return Response(
        to_json(body),
        status_code=problem.status,
        media_type=media_type,
        headers=dict(problem.headers),
    )


def _problem(
    status: HTTPStatus,
    code: str,
    error: Exception,
    *,
    headers: Mapping[str, str] | None = None,
) -> Problem:
    return Problem(
        status=status, details=(Detail(code=code, message=str(error)),), headers=headers or {}
    )


def _problem_from_findings(error: InvalidDataError) -> Problem:
    return Problem(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        details=tuple(
            Detail(code=each.code, message=each.message, path=each.place.field or "")
            for each in error.findings
        ),
    )


def _problem_from_refused(error: RefusedError) -> Problem:
    if error.code.startswith(_STORE):
        return _problem_from_store(error)
    is_lost = isinstance(error, ConflictError | TakenError)
    otherwise_said = _ELSEWHERE if is_lost else str(error)
    otherwise = HTTPStatus.CONFLICT if is_lost else HTTPStatus.UNPROCESSABLE_ENTITY
    return Problem(
        status=_STATUS.get(error.code, otherwise),
        details=(Detail(code=error.code, message=_SAID.get(error.code, otherwise_said)),),
        alternatives=error.alternatives,
    )


def _problem_from_store(error: RefusedError) -> Problem:
    """A fault of the store, of which a client is told neither where it is nor what it says."""
    logging.getLogger(__name__).error("the store refused: %s", error)
    return Problem(
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        details=(Detail(code=error.code, message=_STORE_RESTS),),
        headers={"Retry-After": str(_STORE_RESTS_S)},
    )


def _problem_from_form(error: RequestValidationError) -> Problem:
    return Problem(
        status=HTTPStatus.BAD_REQUEST,
        details=tuple(
            Detail(
                code=f"invalid-{each['loc'][0]}",
                message=_form_message(each),
                path=".".join(map(str, each["loc"][1:])),
            )
            for each in error.errors()
        ),
    )


def _form_message(error: Mapping[str, Any]) -> str:
    message = _FORM_WORDS.get(error["type"], str(error["msg"]).removeprefix(_OF_OURS))
    is_body = tuple(error["loc"]) == ("body",)
    return f"{message}, sent with Content-Type: application/json" if is_body else message


def _problem_from_status(error: HTTPException) -> Problem:
    status = HTTPStatus(error.status_code)
    detail = str(error.detail)
    code = _STATUS_CODES.get(status, status.phrase.casefold().replace(" ", "-"))
    return Problem(
        status=status,
        details=(Detail(code=code, message=_STATUS_WORDS.get(detail, detail)),),
        headers=error.headers or {},
    )


def _problem_from_bug(error: Exception) -> Problem:
    logging.getLogger(__name__).error("a request failed", exc_info=error)
    message = "the server has a fault; it is logged"  # what it is concerns nobody outside
    detail = Detail(code="internal-error", message=message)
    return Problem(status=HTTPStatus.INTERNAL_SERVER_ERROR, details=(detail,))


def _problem_body(problem: Problem) -> dict[str, Any]:
    """RFC 9457."""
    first = problem.details[0]
    body = {
        "type": f"urn:karakoram:problem:{first.code}",
        "title": problem.status.phrase,
        "status": int(problem.status),
        "detail": problem.message,
    }
    return {**body, "alternatives": problem.alternatives} if problem.alternatives else body


def _log_in_body(problem: Problem) -> dict[str, Any]:
    """RFC 6749, section 5.2."""
    return {"error": "invalid_request", "error_description": problem.message}


def _tm_forum_body(problem: Problem) -> dict[str, Any]:
    """``Error`` of the version 4 specifications."""
    help_text = f". Try: {'; '.join(problem.alternatives)}." if problem.alternatives else ""
    return {
        "code": problem.details[0].code,
        "reason": problem.status.phrase,
        "message": problem.message.removesuffix("." if help_text else "") + help_text,
        "status": str(int(problem.status)),
    }


def _business_problem(problem: Problem) -> Problem:
    """Sonata has no 409 for what is created: a conflict is a business error too."""
    if problem.status is not HTTPStatus.CONFLICT:
        return problem
    return Problem(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        details=problem.details,
        alternatives=problem.alternatives,
    )


def _sonata_body(problem: Problem) -> object:
    """``Error`` of the Sonata specifications; several of them for 422."""
    if problem.status is HTTPStatus.UNPROCESSABLE_ENTITY:
        return [_sonata_business_error(each, problem) for each in problem.details]
    first = problem.details[0]
    code = _SONATA_WORDS.get(problem.status, "methodNotAllowed")
    if problem.status is HTTPStatus.BAD_REQUEST:
        code = "invalidBody" if first.code == "invalid-body" else "invalidQuery"
    if problem.status is HTTPStatus.UNAUTHORIZED and "no token" in first.message:
        code = "missingCredentials"
    return {
        "code": code,
        "reason": problem.status.phrase,
        "message": problem.message,
    }


def _sonata_business_error(detail: Detail, problem: Problem) -> dict[str, Any]:
    words = {"unknown-reference": "referenceNotFound", "no-buyer-named": "missingProperty"}
    code = words.get(detail.code, "invalidValue" if detail.path else "otherIssue")
    message = "; ".join((detail.code, detail.message, *problem.alternatives))
    body = {"code": code, "reason": detail.message[:_REASON_CHARACTERS_MAX], "message": message}
    return {**body, "propertyPath": detail.path} if detail.path else body
