"""How does a Python program ask the platform? In words, as a person does on the command line."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from os import PathLike
from typing import TypedDict, Unpack

from karakoram import bootstrap
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding
from karakoram.interfaces.python.arguments import (
    ASKED_NETWORK,
    BIT_RATE,
    CATALOGUE_FOLDER,
    DAY,
    DESIGN,
    FOLDER,
    NETWORK,
    NETWORK_OR_NONE,
    NETWORK_OR_PATH,
    NUMBER_OR_NONE,
    PATH,
    TEXT,
    TRUTH,
    WHOLE,
    WORDS,
    ArgumentKind,
    argument_finding,
    arguments_read,
)
from karakoram.interfaces.python.belonging import foreign_part
from karakoram.network.network import Network
from karakoram.network.validate import validate as network_findings
from karakoram.planning.offers import Infeasible, ServiceDesign
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.prepare import prepare as prepared_network
from karakoram.planning.route_answers import RouteAnswer
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.usecases.plan.design_service import ServiceQuestion, answer_on_prepared
from karakoram.usecases.plan.find_routes import RoutesQuestion, routes_on_prepared

FolderName = str | PathLike[str]


class ServiceWishes(TypedDict, total=False):
    """What may be said about a service besides its ends; see ``ServiceQuestion``."""

    bit_rate: str | float
    """E.g. ``"400G"``; a number is Gbit/s."""
    protection: str
    """``"none"`` or ``"1+1"``."""
    latency_ms_max: float | None
    transit_limits: Iterable[str]
    """E.g. ``["ONE=900km", "TWO=2handovers"]``."""
    avoid: Iterable[str]
    via: Iterable[str]
    include: Iterable[str]
    term_months: int
    on_day: date | str | None
    """A day, or text such as ``"2026-11-22"``."""


class RouteWishes(TypedDict, total=False):
    """What may be said about routes besides their ends; see ``RoutesQuestion``."""

    k: int
    by: str
    """``"length"``, ``"latency"`` or ``"price"``."""
    disjoint: bool
    transit_limits: Iterable[str]
    """E.g. ``["ONE=900km", "TWO=2handovers"]``."""
    avoid: Iterable[str]
    include: Iterable[str]
    bit_rate: str | float
    """E.g. ``"400G"``; a number is Gbit/s."""
    on_day: date | str | None
    """A day, or text such as ``"2026-11-22"``."""


_ENDS: Mapping[str, ArgumentKind] = {"network": ASKED_NETWORK, "a_site": TEXT, "z_site": TEXT}
_ROUTE_WORDS: Mapping[str, ArgumentKind] = {
    "avoid": WORDS,
    "transit_limits": WORDS,
    "include": WORDS,
    "bit_rate": BIT_RATE,
    "on_day": DAY,
}
_SERVICE: Mapping[str, ArgumentKind] = {
    **_ENDS,
    **_ROUTE_WORDS,
    "protection": TEXT,
    "latency_ms_max": NUMBER_OR_NONE,
    "via": WORDS,
    "term_months": WHOLE,
}
_ROUTES: Mapping[str, ArgumentKind] = {
    **_ENDS,
    **_ROUTE_WORDS,
    "k": WHOLE,
    "by": TEXT,
    "disjoint": TRUTH,
}


def read_network(folder: FolderName | None = None) -> Network:
    """The network in a folder of tables; the reference corridor where none is named.

    Raises
    ------
    InvalidDataError
        If the folder has errors or is not named by a path; carries every finding.
    """
    read = arguments_read({"folder": folder}, {"folder": FOLDER})
    return bootstrap.network_source(read["folder"]).read_network()


def write_network(network: Network, folder: FolderName) -> None:
    """Write a network as a folder of tables.

    Raises
    ------
    RefusedError
        If the folder holds something already.
    InvalidDataError
        If an argument is of a wrong type, or a table cannot hold a record.
    """
    read = arguments_read(
        {"network": network, "folder": folder}, {"network": NETWORK, "folder": PATH}
    )
    bootstrap.network_target(read["folder"]).write_network(read["network"])


def validate(network: Network | FolderName) -> tuple[Finding, ...]:
    """Every finding about a network, or about a folder, with file and row.

    Raises
    ------
    InvalidDataError
        If it is neither of the two.
    """
    judged = arguments_read({"network": network}, {"network": NETWORK_OR_PATH})["network"]
    if isinstance(judged, Network):
        return network_findings(judged)
    return bootstrap.network_source(judged).read_network_with_findings()[1]


def read_catalogue(
    folder: FolderName | None = None, *, network: Network | None = None
) -> Catalogue:
    """What is sold, from a folder of tables; that of the reference corridor where none is named.

    Parameters
    ----------
    folder
        A catalogue folder.
    network
        Whose sites, regions and operators it may name; ``None`` leaves those unjudged.

    Raises
    ------
    InvalidDataError
        If the folder has errors, or an argument is of a wrong type; carries every finding.
    """
    read = arguments_read(
        {"folder": folder, "network": network},
        {"folder": CATALOGUE_FOLDER, "network": NETWORK_OR_NONE},
    )
    return bootstrap.catalogue_store(read["folder"]).read_catalogue(read["network"])


def prepare(network: Network) -> PreparedNetwork:
    """The network made ready for questions; takes about as long as thirty of them.

    Raises
    ------
    InvalidDataError
        If it is no network, or breaks a rule; carries every error.
    """
    return prepared_network(arguments_read({"network": network}, {"network": NETWORK})["network"])


def design_service(
    network: Network | PreparedNetwork, a_site: str, z_site: str, **wishes: Unpack[ServiceWishes]
) -> ServiceDesign | Infeasible:
    """The offers for a service from A to Z, or why there are none.

    Parameters
    ----------
    network
        From ``read_network`` or ``prepare``; the same network is prepared once, not at each call.
    a_site, z_site
        Sites by identifier or name.
    **wishes
        ``bit_rate`` (default 400G), ``protection`` (none), ``latency_ms_max``,
        ``transit_limits``, ``avoid``, ``via``, ``include``, ``term_months`` (36),
        ``on_day`` (today).

    Raises
    ------
    InvalidDataError
        If an argument is of a wrong type, the network breaks a rule or a word means nothing;
        carries every finding.
    """
    ends = {"network": network, "a_site": a_site, "z_site": z_site}
    read = arguments_read({**ends, **wishes}, _SERVICE)
    prepared = _prepared(read.pop("network"))
    return answer_on_prepared(ServiceQuestion(**read), prepared=prepared, clock=bootstrap.clock())


def find_routes(
    network: Network | PreparedNetwork, a_site: str, z_site: str, **wishes: Unpack[RouteWishes]
) -> RouteAnswer:
    """The best routes from A to Z, and the pair that shares least risk if asked for.

    Parameters
    ----------
    network
        From ``read_network`` or ``prepare``.
    a_site, z_site
        Sites by identifier or name.
    **wishes
        ``k`` (default 3), ``by`` (length), ``disjoint`` (False), ``avoid``,
        ``transit_limits``, ``include``, ``bit_rate`` (400G, for ``by="price"``),
        ``on_day`` (today).

    Raises
    ------
    InvalidDataError
        If an argument is of a wrong type, the network breaks a rule or a word means nothing;
        carries every finding.
    """
    ends = {"network": network, "a_site": a_site, "z_site": z_site}
    read = arguments_read({**ends, **wishes}, _ROUTES)
    prepared = _prepared(read.pop("network"))
    return routes_on_prepared(RoutesQuestion(**read), prepared=prepared, clock=bootstrap.clock())


def write_report(path: FolderName, *, network: Network, design: ServiceDesign | Infeasible) -> None:
    """Write a self-contained HTML page that shows a design.

    Parameters
    ----------
    path
        File to write.
    network
        The network that was asked.
    design
        What ``design_service`` gave, also where it is infeasible.

    Raises
    ------
    InvalidDataError
        If an argument is of a wrong type, or the design is of another network.
    OSError
        If the disk refuses.
    """
    read = arguments_read(
        {"path": path, "network": network, "design": design},
        {"path": PATH, "network": NETWORK, "design": DESIGN},
    )
    foreign = foreign_part(read["design"], network=read["network"])
    if foreign is not None:
        raise InvalidDataError(
            (
                argument_finding(
                    "design",
                    f"is of another network: {foreign} is not in the one given; give the network "
                    "that was asked",
                ),
            )
        )
    page = bootstrap.report_file(read["path"])
    page.write_report(network=read["network"], design=read["design"])


_NETWORKS_KEPT = 4
"""Prepared networks kept: as built and a few what-ifs, so that memory stays bounded."""


class _Same:
    """A network as a key: the same object, for records never change; equality would cost more."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.network is self.network

    def __hash__(self) -> int:
        return id(self.network)


def _prepared(network: Network | PreparedNetwork) -> PreparedNetwork:
    return network if isinstance(network, PreparedNetwork) else _prepared_before(_Same(network))


@lru_cache(maxsize=_NETWORKS_KEPT)
def _prepared_before(same: _Same) -> PreparedNetwork:
    """What ``prepare`` makes of a network, kept for the next question about the same one."""
    return prepared_network(same.network)
