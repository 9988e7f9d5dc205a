"""Which routes make the application, and what happens around each of them?"""

from collections.abc import Callable
from importlib.metadata import version

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse

from karakoram.interfaces.http import (
    log_in,
    sonata_declined,
    sonata_inventory,
    sonata_order,
    sonata_qualification,
    sonata_quote,
    tmf_bill,
    tmf_catalogue,
    tmf_declined,
    tmf_order,
    tmf_product,
    tmf_quote,
    tmf_resource,
    tmf_service,
    tmf_service_order,
)
from karakoram.interfaces.http.access_log import AccessLog
from karakoram.interfaces.http.allowed import KnownClients
from karakoram.interfaces.http.bodiless import Bodiless
from karakoram.interfaces.http.body_limit import BodyLimit
from karakoram.interfaces.http.documents import MadeDocuments
from karakoram.interfaces.http.families import family_of
from karakoram.interfaces.http.front_page import front_page
from karakoram.interfaces.http.listing import answer_from_any
from karakoram.interfaces.http.openapi import (
    OPEN_PATHS,
    TITLE,
    allowed_of,
    described,
)
from karakoram.interfaces.http.paths import DESCRIPTION
from karakoram.interfaces.http.refusals import tell_refusals
from karakoram.interfaces.http.served import Served
from karakoram.interfaces.http.tmf_catalogue import catalogue_answers

_own = APIRouter(include_in_schema=False)


@_own.get("/")
async def show_front() -> Response:
    """A page for people: what is served here, and where to read on."""
    told = ((router.tags, router.prefix) for router in ROUTERS if router.prefix)
    return front_page(((str(tags[0]), path) for tags, path in told), version=version("karakoram"))


@_own.get("/docs")
async def lead_to_front() -> Response:
    """Leads to the page for people."""
    return RedirectResponse("/")


@_own.get(DESCRIPTION)
async def describe(request: Request) -> Response:
    """The description of the interface."""
    app = request.app
    assert isinstance(app, FastAPI), "a route belongs to an application"
    return answer_from_any(described(app, all_routes()))


ROUTERS: tuple[APIRouter, ...] = (
    _own,
    log_in.router,
    tmf_catalogue.router,
    tmf_quote.router,
    tmf_order.router,
    tmf_product.router,
    tmf_service.router,
    tmf_resource.router,
    tmf_service_order.router,
    tmf_bill.router,
    sonata_qualification.router,
    sonata_quote.router,
    sonata_order.router,
    sonata_inventory.router,
    tmf_declined.router,
    sonata_declined.router,
)


def application(served: Served, *, tell: Callable[[str], None] | None = None) -> FastAPI:
    """The application over what it serves.

    Its description stands at ``/openapi.json``; there is no page that would load from elsewhere.
    ``tell`` gets a line for each request, where it is given.
    """
    app = FastAPI(
        title=TITLE,
        version=version("karakoram"),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.served = served
    app.state.known_clients = KnownClients()
    app.state.documents = MadeDocuments()
    app.state.catalogue_answers = catalogue_answers(served)
    tell_refusals(app)
    app.router.routes.extend(map(family_of, ROUTERS))
    app.add_middleware(BodyLimit)
    app.add_middleware(Bodiless)
    if tell is not None:
        app.add_middleware(AccessLog, tell=tell, now=served.moments.now)
    _refuse_unguarded()
    return app


def all_routes() -> tuple[APIRoute, ...]:
    """Every route of the application."""
    routes = tuple(route for router in ROUTERS for route in router.routes)
    return tuple(route for route in routes if isinstance(route, APIRoute))


def _refuse_unguarded() -> None:
    """Every route says who may call it, or is open on purpose."""
    for route in all_routes():
        is_open = route.path in OPEN_PATHS
        assert is_open or allowed_of(route) is not None, f"{route.path} lets anybody in"
