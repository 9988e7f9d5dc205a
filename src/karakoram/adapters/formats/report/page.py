"""How does an answer become one page that explains itself, without network or script?"""

from pathlib import Path

from karakoram.adapters.formats.report.html import Content, Markup, element, raw
from karakoram.adapters.formats.report.map_svg import MapSheets, ground_layers, map_sheets
from karakoram.adapters.formats.report.money_parts import price_part
from karakoram.adapters.formats.report.palette import DARK, LIGHT, variables
from karakoram.adapters.formats.report.parts import (
    Table,
    bullets,
    heading,
    paragraph,
    section,
    table,
)
from karakoram.adapters.formats.report.risk_parts import availability_part, shared_risk_part
from karakoram.adapters.formats.report.route_parts import light_part, map_part, route_part
from karakoram.adapters.formats.report.source_parts import (
    assumption_part,
    credits_footer,
    method_section,
    sources_section,
    standing_words,
)
from karakoram.adapters.formats.report.standalone import style_sheet
from karakoram.adapters.formats.report.summary import (
    OfferGroup,
    answer_sentence,
    comparison_table,
    offer_groups,
)
from karakoram.adapters.formats.report.words import counted, ms, service_words
from karakoram.adapters.formats.text_files import write_text
from karakoram.network.network import Network
from karakoram.planning.demand import ServiceDemand
from karakoram.planning.offers import Infeasible, ServiceDesign


def write_report(path: Path, *, network: Network, design: ServiceDesign | Infeasible) -> None:
    """Write the page, wholly or not at all.

    Parameters
    ----------
    path
        File to be made or replaced; its folder exists.
    network
        The network that the design was made on.
    design
        The offers, or the reasons why there are none.

    Raises
    ------
    OSError
        When ``path`` cannot be written; what stood there before is still there.
    """
    write_text(html_from_design(network=network, design=design), path)


def html_from_design(*, network: Network, design: ServiceDesign | Infeasible) -> str:
    """The page as text: HTML5 that is also well-formed XML.

    Parameters
    ----------
    network
        The network that the design was made on.
    design
        The offers, or the reasons why there are none.
    """
    if isinstance(design, Infeasible):
        return _page(network, design.demand, contents=_refusal(network, design))
    groups = offer_groups(design)
    sheets = map_sheets(network, [path for group in groups for path in group.offer.paths])
    contents = [
        _ground(network, sheets),
        _answer(network, design, groups=groups),
        *(_offer(network, design.demand, group=group, sheets=sheets) for group in groups),
        sources_section(groups),
        method_section(network),
    ]
    return _page(network, design.demand, contents=contents)


def _page(network: Network, demand: ServiceDemand, *, contents: list[Markup]) -> str:
    title = service_words(network, demand)
    head = element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("title", None, f"{title}: service design"),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("meta", {"name": "generator", "content": "Karakoram"}),
        element("style", None, raw(_styles())),
    )
    body = element(
        "body",
        None,
        element("a", {"class": "skip", "href": "#answer"}, "Skip to the answer"),
        element("header", None, element("h1", None, title), _request(network, demand)),
        element("main", None, *contents),
        credits_footer(network),
    )
    page = element("html", {"lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"}, head, body)
    return f"<!DOCTYPE html>\n{page}\n"


def _styles() -> str:
    dark = f"@media (prefers-color-scheme: dark){{:root{{{variables(DARK)}}}}}"
    paper = f"@media print{{:root{{{variables(LIGHT)}}}}}"
    rules = style_sheet("page") + style_sheet("drawing")
    assert "</" not in rules, "a style sheet must not end its own element"
    return f":root{{{variables(LIGHT)}}}{dark}{paper}{rules}"


def _request(network: Network, demand: ServiceDemand) -> Markup:
    """What was asked for, and on which day and network."""
    limits = [
        f"Prices of {demand.on_day.isoformat()}",
        f"term {counted(demand.term_months, 'month')}",
    ]
    if demand.latency_ms_max is not None:
        limits.append(f"at most {ms(demand.latency_ms_max)} one way")
    limits += [f"within {limit.word}" for limit in demand.transit_limits]
    avoided = sorted(
        {
            *demand.avoid.site_ids,
            *demand.avoid.span_ids,
            *demand.avoid.operator_ids,
            *demand.avoid.cable_ids,
        }
    )
    if avoided:
        limits.append(f"avoiding {', '.join(avoided)}")
    if demand.via_site_ids:
        limits.append(f"by {', '.join(demand.via_site_ids)}")
    words = "; ".join(limits)
    return paragraph(f"Service design on the network {network.name}. {words}.", kind="request")


def _ground(network: Network, sheets: MapSheets) -> Markup:
    """Land and network, drawn once and used by every map."""
    frames = [("overview", sheets.overview)]
    if sheets.detail is not None:
        frames.append(("detail", sheets.detail))
    grounds = [
        element(
            "g",
            {"id": f"ground-{name}", "class": "drawing"},
            ground_layers(network, projection=projection),
        )
        for name, projection in frames
    ]
    return element(
        "svg",
        {"class": "store", "width": 0, "height": 0, "aria-hidden": "true", "focusable": "false"},
        element("defs", None, grounds),
    )


def _answer(network: Network, design: ServiceDesign, *, groups: tuple[OfferGroup, ...]) -> Markup:
    contents: list[Content] = [
        heading(2, "The answer", anchor="answer"),
        paragraph(answer_sentence(network, design), kind="lead"),
        comparison_table(network, groups) if groups else "",
        standing_words(),
        _contents(groups),
    ]
    if design.advice:
        contents += [heading(3, "Worth knowing"), bullets(design.advice)]
    return section("answer", *contents)


def _contents(groups: tuple[OfferGroup, ...]) -> Markup:
    links = [(group.anchor, group.title) for group in groups]
    links += [("sources", "Where every figure comes from"), ("method", "How it was computed")]
    return element(
        "nav",
        {"aria-label": "On this page"},
        bullets([element("a", {"href": f"#{anchor}"}, words) for anchor, words in links]),
    )


def _offer(
    network: Network, demand: ServiceDemand, *, group: OfferGroup, sheets: MapSheets
) -> Markup:
    offer, anchor = group.offer, group.anchor
    return section(
        anchor,
        heading(2, group.title, anchor=anchor),
        map_part(network, offer, sheets=sheets, anchor=anchor),
        route_part(network, offer),
        light_part(network, offer, anchor=anchor),
        shared_risk_part(network, offer),
        availability_part(network, offer),
        price_part(network, offer, term_months=demand.term_months),
        assumption_part(offer),
    )


def _refusal(network: Network, refusal: Infeasible) -> list[Markup]:
    """Why not, and what would make it feasible."""
    number = len(refusal.reasons)
    because = "for one reason" if number == 1 else f"for {number} reasons"
    return [
        section(
            "answer",
            heading(2, "The answer", anchor="answer"),
            paragraph(
                f"No: {service_words(network, refusal.demand)}, is not feasible as asked, "
                f"{because}.",
                kind="lead",
            ),
            table(
                Table(
                    caption="What stands in the way, and what would make it feasible",
                    headings=["Reason", "Where", "What would help"],
                    rows=[
                        (reason.code, reason.where, reason.message) for reason in refusal.reasons
                    ],
                )
            ),
        ),
        method_section(network),
    ]
