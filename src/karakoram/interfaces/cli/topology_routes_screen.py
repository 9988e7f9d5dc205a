"""How does a planner read routes over a plain topology on the screen?"""

from collections.abc import Mapping, Sequence

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.remarks_screen import show_found
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.topology_answers import (
    DisjointKind,
    DisjointTopologyRoutes,
    TopologyPairRoutes,
    TopologyRisk,
    TopologyRiskSort,
    TopologyRoute,
)
from karakoram.usecases.plan.find_topology_routes import TopologyRoutesAnswer

PAIRS_SHOWN_MAX = 40
_RISKS_SHOWN_MAX = 3

_NOT_SHARED: Mapping[DisjointKind, str] = {
    DisjointKind.EDGE: "section",
    DisjointKind.SITE: "site or section",
    DisjointKind.SRLG: "risk group or section",
}
_CALLED: Mapping[TopologyRiskSort, str] = {
    TopologyRiskSort.SECTION: "section",
    TopologyRiskSort.SITE: "site",
    TopologyRiskSort.RISK_GROUP: "risk group",
}


def show_topology_routes(console: Console, found: TopologyRoutesAnswer) -> None:
    """Print the routes of one pair in full, those of several in a line each.

    Parameters
    ----------
    console
        Where to.
    found
        The question as it was understood, its answer, and the topology.
    """
    topology = found.topology
    bases = ", ".join(basis.value.replace("_", " ") for basis in topology.length_bases)
    show_lines(
        console,
        f"{topology.name}: {texts.counted(len(topology.sites), 'site')}, "
        f"{texts.counted(len(topology.sections), 'section')}; lengths: {bases}",
        indent=0,
    )
    if len(found.pairs) == 1:
        _show_pair(console, found.pairs[0], disjoint=found.question.disjoint)
    else:
        _show_pairs(console, found.pairs, disjoint=found.question.disjoint)
    show_lines(
        console, f"Latency one way, in fibre of group index {found.group_index:g} alone.", indent=0
    )
    show_found(console, "What to look at", found.warnings)


def _show_pair(
    console: Console, pair: TopologyPairRoutes, *, disjoint: DisjointKind | None
) -> None:
    show_title(console, f"{pair.a_site_id} to {pair.z_site_id}")
    if pair.routes:
        _show_routes(console, pair.routes)
    for reason in pair.reasons:
        show_lines(console, f"{reason.message[:1].upper()}{reason.message[1:]}.")
    if disjoint is None or pair.disjoint is None:
        return
    show_title(console, f"The two routes that share least: no {_NOT_SHARED[disjoint]} if possible")
    show_lines(console, f"{texts.km(pair.disjoint.length_km)} km together{_only(pair.disjoint)}")
    _show_routes(console, pair.disjoint.routes)
    shared = pair.disjoint.shared_risks
    named = ", ".join(map(_named, shared)) if shared else "nothing"
    show_lines(console, f"They share {named}. {_proof(pair.disjoint)}")


def _only(pair: DisjointTopologyRoutes) -> str:
    is_one_way = pair.routes[0].section_ids == pair.routes[1].section_ids
    return "; there is only one way, so both are the same" if is_one_way else ""


def _proof(pair: DisjointTopologyRoutes) -> str:
    if pair.proof == "capped":
        return "No two routes share fewer risks, as far as the search went."
    return f"No two routes share fewer risks, and none of those is shorter ({pair.proof})."


def _show_routes(console: Console, routes: Sequence[TopologyRoute]) -> None:
    show_table(
        console,
        ("#", "#km", "#ms one way", "#sections"),
        (
            (
                str(number),
                texts.km(route.length_km),
                f"{route.latency_ms:.3f}",
                str(len(route.section_ids)),
            )
            for number, route in enumerate(routes, start=1)
        ),
    )
    console.print()
    for number, route in enumerate(routes, start=1):
        show_lines(console, f"{number}: {' - '.join(route.site_ids)}")


def _show_pairs(
    console: Console, pairs: Sequence[TopologyPairRoutes], *, disjoint: DisjointKind | None
) -> None:
    console.print()
    asked = ("#both km", "They share") if disjoint is not None else ()
    show_table(
        console,
        ("From", "To", "#routes", "#shortest km", "#ms", *asked),
        (_row(pair, is_asked=disjoint is not None) for pair in pairs[:PAIRS_SHOWN_MAX]),
    )
    more = len(pairs) - PAIRS_SHOWN_MAX
    if more > 0:
        show_lines(console, f"and {more:,} more pairs; --json shows all, and every route")
    without = sum(not pair.routes for pair in pairs)
    counts = [
        texts.counted(len(pairs), "pair"),
        texts.counted(sum(len(pair.routes) for pair in pairs), "route"),
        f"{without:,} without a route",
    ]
    if disjoint is not None:
        apart = sum(pair.disjoint is not None and not pair.disjoint.shared_risks for pair in pairs)
        counts.append(f"{apart:,} with two routes that share no {_NOT_SHARED[disjoint]}")
    console.print()
    show_lines(console, f"{', '.join(counts)}.", indent=0)


def _row(pair: TopologyPairRoutes, *, is_asked: bool) -> tuple[str, ...]:
    best = pair.routes[0] if pair.routes else None
    cells = (
        pair.a_site_id,
        pair.z_site_id,
        str(len(pair.routes)),
        "-" if best is None else texts.km(best.length_km),
        "-" if best is None else f"{best.latency_ms:.3f}",
    )
    if not is_asked:
        return cells
    if pair.disjoint is None:
        return (*cells, "-", "-")
    shared = [_named(risk) for risk in pair.disjoint.shared_risks]
    told = texts.and_more(shared, most=_RISKS_SHOWN_MAX, where="--json") or "nothing"
    return (*cells, texts.km(pair.disjoint.length_km), told)


def _named(risk: TopologyRisk) -> str:
    return f"{_CALLED[risk.sort]} {risk.risk_id}"
