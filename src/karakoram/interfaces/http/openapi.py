"""What does the description of the interface (OpenAPI 3.1) say that routes do not say?"""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from karakoram.interfaces.http.allowed import Allowed
from karakoram.interfaces.http.answer_schemas import ANSWERS
from karakoram.interfaces.http.declining import NOT_OFFERED
from karakoram.interfaces.http.paths import DESCRIPTION, LOG_IN, is_sonata, is_tm_forum

TITLE = "Karakoram"
"""Where the description stands."""
OPEN_PATHS = frozenset({LOG_IN, DESCRIPTION, "/", "/docs"})
"""Paths that nobody need log in for."""
_SECURITY = "oauth2"
_JSON = "application/json"
_TEXTS: Mapping[int, str] = {
    400: "The request is not formed as it must be",
    401: "Nobody has logged in",
    403: "Not in this role, or not for this party",
    404: "There is no such thing, or it is another's",
    409: "Somebody else was faster, it is used elsewhere, or the externalId names something else",
    413: "The body is too large",
    422: "It is formed well and cannot be done",
    429: "Too many requests",
    501: "An optional operation that is not offered",
}


def allowed_of(route: APIRoute) -> Allowed | None:
    """Who may call a route; ``None`` where nobody says so."""
    found = (each.call for each in route.dependant.dependencies)
    return next((each for each in found if isinstance(each, Allowed)), None)


def described(app: FastAPI, all_routes: Sequence[APIRoute]) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(title=TITLE, version=app.version, routes=all_routes)
    parts = schema.setdefault("components", {})
    parts["securitySchemes"] = {
        _SECURITY: {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {"tokenUrl": LOG_IN, "scopes": {}},
                "password": {"tokenUrl": LOG_IN, "scopes": {}},
            },
        }
    }
    schemas = parts.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas.update(ANSWERS)
    routes = {
        (route.path, word.lower()): route for route in all_routes for word in route.methods or ()
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            route = routes.get((path, method))
            if route is not None:
                _describe(operation, path, method=method, roles=allowed_of(route))
    app.openapi_schema = schema
    return schema


def _describe(operation: dict[str, Any], path: str, *, method: str, roles: Allowed | None) -> None:
    """Add who may, what is answered, and how it may be refused."""
    answer = operation.pop("x-answer", None)
    is_list = "offset" in {each["name"] for each in operation.get("parameters", [])}
    responses: dict[str, Any] = {}
    for status in (*(s for s in operation["responses"] if s.startswith("2")),):
        responses[status] = _said("Done", answer)
    if is_list and is_tm_forum(path):
        responses["206"] = _said("There are more", answer)
    if roles is not None:
        operation["security"] = [{_SECURITY: []}]
        operation["x-roles"] = sorted(role.value for role in roles.roles)
    statuses = _refusals(path, method, has_roles=roles is not None)
    if is_sonata(path) or any(tag.endswith(NOT_OFFERED) for tag in operation.get("tags", ())):
        statuses = sorted({*statuses, 501})
    for status in statuses:
        responses[str(status)] = _refusal(path, status)
    operation["responses"] = responses


def _refusals(path: str, method: str, *, has_roles: bool) -> list[int]:
    known = [400, 429]
    if has_roles:
        known += [401, 403]
    if path == LOG_IN:
        known += [401]
    if path.endswith("{id}"):
        known += [404]
    if method != "get":
        known += [409, 413, 422]
    if is_sonata(path):
        known += [422]
    return sorted(set(known))


def _said(text: str, answer: str | None) -> dict[str, Any]:
    if answer is None:
        return {"description": text}
    schema = {"$ref": f"#/components/schemas/{answer}"}
    return {"description": text, "content": {_JSON: {"schema": schema}}}


def _refusal(path: str, status: int) -> dict[str, Any]:
    name, media_type = "Problem", "application/problem+json"
    if is_tm_forum(path):
        name, media_type = "TmForumError", _JSON
    elif is_sonata(path) and status != 429:  # noqa: PLR2004  (a status of HTTP)
        name, media_type = ("SonataErrors" if status in {409, 422} else "SonataError"), _JSON
    elif path == LOG_IN and status in {400, 401}:
        return {
            "description": _TEXTS[status],
            "content": {
                _JSON: {"schema": {"$ref": "#/components/schemas/LogInError"}},
                media_type: {"schema": {"$ref": "#/components/schemas/Problem"}},
            },
        }
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": _TEXTS[status], "content": {media_type: {"schema": schema}}}
