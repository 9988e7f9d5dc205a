"""Model, plan, sell, operate and settle a multi-operator long-haul fibre corridor.

    import karakoram as kk

    network = kk.read_network()
    answer = kk.design_service(network, "URC", "MRS", bit_rate="400G", protection="1+1")

Importing this package imports nothing else: each name below is fetched when it is first used.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from karakoram.core.errors import InvalidDataError, KarakoramError, NotFoundError, RefusedError
    from karakoram.core.findings import Finding
    from karakoram.interfaces.python.facade import (
        design_service,
        find_routes,
        prepare,
        read_catalogue,
        read_network,
        validate,
        write_network,
        write_report,
    )
    from karakoram.network.network import Network
    from karakoram.planning.demand import ServiceDemand
    from karakoram.planning.offers import Infeasible, Offer, ServiceDesign
    from karakoram.planning.prepare import PreparedNetwork
    from karakoram.planning.route_answers import RouteAnswer
    from karakoram.sales.catalogue.catalogue import Catalogue

__version__ = "0.1.0"

__all__ = [
    "Catalogue",
    "Finding",
    "Infeasible",
    "InvalidDataError",
    "KarakoramError",
    "Network",
    "NotFoundError",
    "Offer",
    "PreparedNetwork",
    "RefusedError",
    "RouteAnswer",
    "ServiceDemand",
    "ServiceDesign",
    "design_service",
    "find_routes",
    "prepare",
    "read_catalogue",
    "read_network",
    "validate",
    "write_network",
    "write_report",
]

_HOME_BY_NAME: Mapping[str, str] = {
    **dict.fromkeys(
        ("InvalidDataError", "KarakoramError", "NotFoundError", "RefusedError"), "core.errors"
    ),
    "Catalogue": "sales.catalogue.catalogue",
    "Finding": "core.findings",
    "Network": "network.network",
    "ServiceDemand": "planning.demand",
    **dict.fromkeys(("Infeasible", "Offer", "ServiceDesign"), "planning.offers"),
    "PreparedNetwork": "planning.prepare",
    "RouteAnswer": "planning.route_answers",
    **dict.fromkeys(
        (
            *("design_service", "find_routes", "prepare", "read_catalogue"),
            *("read_network", "validate", "write_network", "write_report"),
        ),
        "interfaces.python.facade",
    ),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Fetch a public name from where it lives (PEP 562)."""
        home = _HOME_BY_NAME.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]
