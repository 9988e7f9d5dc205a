"""How does a Python program ask the platform? In words, as a person does on the command line."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, TypedDict, Unpack

from karakoram import bootstrap
from karakoram.core.findings import Finding
from karakoram.network.network import Network
from karakoram.network.validate import validate as network_findings
from karakoram.planning.offers import Infeasible, ServiceDesign
from karakoram.planning.prepare import PreparedNetwork, prepare
from karakoram.planning.route_answers import RouteAnswer
from karakoram.usecases.design_service import ServiceQuestion, answer_on_prepared
from karakoram.usecases.find_routes import RoutesQuestion, routes_on_prepared

FolderName = str | PathLike[str]


class ServiceWishes(TypedDict, total=False):
    """What may be said about a service besides its ends; see ``ServiceQuestion``."""

    bit_rate: str | float
    """E.g. ``"400G"``; a number is Gbit/s."""
    protection: str
    """``"none"`` or ``"1+1"``."""
    latency_ms_max: float | None
    avoid: Iterable[str]
    via: Iterable[str]
    include: Iterable[str]
    term_months: int
    on_day: date | None


class RouteWishes(TypedDict, total=False):
    """What may be said about routes besides their ends; see ``RoutesQuestion``."""

    k: int
    by: str
    """``"length"``, ``"latency"`` or ``"price"``."""
    disjoint: bool
    avoid: Iterable[str]
    include: Iterable[str]
    bit_rate: str | float
    """E.g. ``"400G"``; a number is Gbit/s."""
    on_day: date | None


def read_network(folder: FolderName | None = None) -> Network:
    """The network in a folder of tables; the reference corridor where none is named.

    Raises
    ------
    InvalidDataError
        If the folder has errors; carries every finding.
    """
    return bootstrap.network_source(None if folder is None else Path(folder)).read_network()


def write_network(network: Network, folder: FolderName) -> None:
    """Write a network as a folder of tables.

    Raises
    ------
    RefusedError
        If the folder holds something already.
    """
    bootstrap.network_target(Path(folder)).write_network(network)


def validate(network: Network | FolderName) -> tuple[Finding, ...]:
    """Every finding about a network, or about a folder, with file and row."""
    if isinstance(network, Network):
        return network_findings(network)
    return bootstrap.network_source(Path(network)).read_network_with_findings()[1]


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
        ``bit_rate`` (default 400G), ``protection`` (none), ``latency_ms_max``, ``avoid``, ``via``,
        ``include``, ``term_months`` (36), ``on_day`` (today).

    Raises
    ------
    InvalidDataError
        If the network breaks a rule or a word means nothing; carries every finding.
    """
    question = ServiceQuestion(a_site=a_site, z_site=z_site, **_plain(dict(wishes)))
    return answer_on_prepared(question, prepared=_prepared(network), clock=bootstrap.clock())


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
        ``k`` (default 3), ``by`` (length), ``disjoint`` (False), ``avoid``, ``include``,
        ``bit_rate`` (400G, for ``by="price"``), ``on_day`` (today).

    Raises
    ------
    InvalidDataError
        If the network breaks a rule or a word means nothing; carries every finding.
    """
    question = RoutesQuestion(a_site=a_site, z_site=z_site, **_plain(dict(wishes)))
    return routes_on_prepared(question, prepared=_prepared(network), clock=bootstrap.clock())


def write_report(path: FolderName, *, network: Network, design: ServiceDesign | Infeasible) -> None:
    """Write a self-contained HTML page that shows a design."""
    bootstrap.report_file(Path(path)).write_report(network=network, design=design)


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
    return prepare(same.network)


def _plain(wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The wishes as a question takes them; one word alone stands for a list of one."""
    plain = dict(wishes)
    for key in {"avoid", "via", "include"} & plain.keys():
        words = plain[key]
        plain[key] = (words,) if isinstance(words, str) else tuple(words)
    if "bit_rate" in plain:
        plain["bit_rate"] = str(plain["bit_rate"])
    return plain
