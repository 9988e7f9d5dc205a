"""How does a planner read routes on the screen?"""

from rich.console import Console

from karakoram.adapters.formats.route_reasons import with_reasons
from karakoram.core.provenance import weakest
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.risks_screen import show_shared_risks
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.network.network import Network
from karakoram.planning.route_answers import DisjointRoutes, Route
from karakoram.planning.trust import latency_trust, length_trust
from karakoram.usecases.plan.find_routes import RoutesAnswer

_PAIR_TITLE = "The two routes that share least risk"


def show_routes(console: Console, found: RoutesAnswer) -> None:
    """Print the routes, best first, and the pair that shares least if asked for.

    Parameters
    ----------
    console
        Where to.
    found
        The question as it was understood, its answer, and the network for names.
    """
    question, network = found.question, found.network
    a_site, z_site = (
        texts.site_text(network, site) for site in (question.a_site_id, question.z_site_id)
    )
    show_lines(console, f"{a_site} to {z_site} · best by {question.metric.value}", indent=0)
    reasons = [
        _sentence(texts.reason_text(reason))
        for reason in with_reasons(question, found.answer).reasons
    ]
    if found.answer.routes:
        _show_routes(console, network, found.answer.routes)
    else:
        show_lines(console, *reasons)
    if question.disjoint and found.answer.disjoint is None:
        show_title(console, _PAIR_TITLE)
        show_lines(console, *(reasons if found.answer.routes else ("There are no two routes.",)))
    elif found.answer.disjoint is not None:
        _show_pair(console, network, found.answer.disjoint)
    if found.answer.routes:
        show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _show_routes(console: Console, network: Network, routes: tuple[Route, ...]) -> None:
    show_table(
        console,
        ("#", "#km", "#ms one way", "#ms RTT", "#spans", "Operators", "Figures"),
        (
            (
                str(number),
                texts.km(route.length_km),
                f"{route.latency_ms:.2f}",
                f"{2.0 * route.latency_ms:.2f}",
                str(len(route.span_ids)),
                " - ".join(route.operator_ids),
                latency_trust(network, route).value,
            )
            for number, route in enumerate(routes, start=1)
        ),
    )
    console.print()
    for number, route in enumerate(routes, start=1):
        show_lines(console, f"{number}: {' - '.join(route.site_ids)}")


def _show_pair(console: Console, network: Network, pair: DisjointRoutes) -> None:
    show_title(console, _PAIR_TITLE)
    is_one_way = pair.routes[0].span_ids == pair.routes[1].span_ids
    only = "; there is only one way, so both are the same" if is_one_way else ""
    trust = weakest(tuple(length_trust(network, route) for route in pair.routes))
    length = texts.trusted(f"{texts.km(pair.length_km)} km", trust)
    show_lines(console, f"{length} together{only}")
    _show_routes(console, network, pair.routes)
    show_shared_risks(console, pair.shared_risks, proof=pair.proof)
