"""How are the route, the lightpaths and the drawings of an offer shown?"""

from collections.abc import Sequence

from karakoram.adapters.formats.report.html import Content, Markup, element, fragment
from karakoram.adapters.formats.report.map_svg import (
    MapSheets,
    map_description,
    service_layers,
)
from karakoram.adapters.formats.report.parts import (
    Table,
    folded,
    heading,
    paragraph,
    table,
    with_trust,
)
from karakoram.adapters.formats.report.places import DUTY_SHAPES, Duty, path_sites
from karakoram.adapters.formats.report.shapes import mark
from karakoram.adapters.formats.report.standalone import Caption, drawing
from karakoram.adapters.formats.report.strip_svg import strip_drawing
from karakoram.adapters.formats.report.words import (
    ROLE_WORDS,
    TIMES,
    counted,
    km,
    listed,
    ms,
    operator_name,
    short_site_name,
    site_name,
)
from karakoram.core.provenance import weakest
from karakoram.network.network import Network
from karakoram.network.records import Span
from karakoram.planning.offers import Leg, Lightpath, Offer, ServicePath
from karakoram.planning.traces import gsnr_confidence
from karakoram.planning.trust import latency_trust, length_trust


def map_part(network: Network, offer: Offer, *, sheets: MapSheets, anchor: str) -> Markup:
    """The maps of an offer over the ground that the page draws once, and their key."""
    frames = [("overview", sheets.overview, "The whole way")]
    if sheets.detail is not None:
        frames.append(("detail", sheets.detail, "Enlarged: what lies in the dotted frame"))
    maps = [
        element(
            "figure",
            {"class": name},
            drawing(
                Caption(
                    drawing_id=f"{anchor}-{name}",
                    title=f"{words}, {', '.join(path.role.value for path in offer.paths)}",
                    description=map_description(network, offer.paths),
                ),
                element("use", {"href": f"#ground-{name}"}),
                service_layers(network, offer.paths, sheets=sheets, is_detail=name == "detail"),
                size=(projection.width, projection.height),
                kind="map",
            ),
            element("figcaption", None, words),
        )
        for name, projection, words in frames
    ]
    overview, *details = maps
    words = paragraph(
        "Lines are schematic; lengths are glass kilometres from the data, never measured on the "
        "drawing. No borders are drawn.",
        kind="note",
    )
    key = _map_key(is_protected=len(offer.paths) > 1)
    kind = "maps" if details else "maps alone"
    return fragment(
        heading(3, "Map"),
        element("div", {"class": kind}, element("div", None, overview, key, words), details),
    )


def _map_key(*, is_protected: bool) -> Markup:
    """What lines and marks mean."""
    lines = [("path working", "working path")]
    if is_protected:
        lines.append(("path protection", "protection path"))
    lines += [("fibre", "other fibre in service"), ("fibre possible", "option or planned")]
    samples = [
        (element("path", {"class": kind, "d": "M1 8H37"}), words, 38) for kind, words in lines
    ]
    for duty in Duty:
        attributes = {"class": f"mark {duty.name.lower()}"}
        sample = mark(DUTY_SHAPES[duty], (9.0, 8.5), size=4.0, attributes=attributes)
        samples.append((sample, duty.value, 18))
    ring = fragment(
        mark("circle", (9.0, 8.0), size=6.5, attributes={"class": "ring"}),
        mark("circle", (9.0, 8.0), size=2.5, attributes={"class": "mark"}),
    )
    samples.append((ring, "ring: regenerated here", 18))
    return element(
        "ul",
        {"class": "key", "aria-label": "Key to the maps"},
        *(
            element(
                "li",
                None,
                element(
                    "svg",
                    {
                        "class": "drawing",
                        "width": width,
                        "height": 16,
                        "viewBox": f"0 0 {width} 16",
                        "aria-hidden": "true",
                        "focusable": "false",
                    },
                    sample,
                ),
                words,
            )
            for sample, words, width in samples
        ),
    )


def route_part(network: Network, offer: Offer) -> Markup:
    """Each path by operator and leg, and span by span for who wants it."""
    return fragment(
        heading(3, "Route by operator and leg"),
        *(_path_legs(network, path) for path in offer.paths),
    )


def _path_legs(network: Network, path: ServicePath) -> Markup:
    trusts = [length_trust(network, leg) for leg in path.legs]
    latency = with_trust(
        f"{ms(path.latency_ms)} one way, {ms(path.rtt_ms)} there and back",
        latency_trust(network, path),
    )
    return fragment(
        table(
            Table(
                caption=f"{ROLE_WORDS[path.role]}: legs",
                headings=["From", "To", "Operator", "Owner of the glass", "Spans", "Glass length"],
                rows=[_leg_row(network, leg) for leg in path.legs],
                number_columns=frozenset({4, 5}),
                total=(
                    "Whole path",
                    "",
                    "",
                    "",
                    str(len(path.span_ids)),
                    with_trust(km(path.length_km), weakest(tuple(trusts))),
                ),
            )
        ),
        paragraph(f"{ROLE_WORDS[path.role]}: light takes ", latency, ", fibre only."),
        folded(
            f"{ROLE_WORDS[path.role]} span by span ({counted(len(path.span_ids), 'span')})",
            _span_table(network, path),
        ),
    )


def _leg_row(network: Network, leg: Leg) -> Sequence[Content]:
    is_leased = leg.owner_id != leg.operator_id
    return (
        site_name(network, leg.a_site_id),
        site_name(network, leg.z_site_id),
        operator_name(network, leg.operator_id),
        f"{operator_name(network, leg.owner_id)} (leased)"
        if is_leased
        else element("small", None, "the operator"),
        str(len(leg.span_ids)),
        with_trust(km(leg.length_km), length_trust(network, leg)),
    )


def _span_table(network: Network, path: ServicePath) -> Markup:
    spans = [network.spans[span_id] for span_id in path.span_ids]
    sites = path_sites(network, path)
    return table(
        Table(
            caption=f"{ROLE_WORDS[path.role]}: spans",
            headings=["Span", "From", "To", "Cable", "Glass length", "Runs to km", "Known from"],
            rows=[
                (
                    span.span_id,
                    site_name(network, before.site_id),
                    site_name(network, after.site_id),
                    network.cables[span.cable_id].name,
                    with_trust(km(span.length_km), span.provenance.confidence),
                    f"{after.km:,.1f}",
                    _basis(span),
                )
                for span, before, after in zip(spans, sites, sites[1:], strict=False)
            ],
            number_columns=frozenset({4, 5}),
        )
    )


def _basis(span: Span) -> str:
    basis = span.length_basis.value.replace("_", " ")
    note = f"; {span.status_note}" if span.status_note else ""
    return f"{basis}{note}"


def light_part(network: Network, offer: Offer, *, anchor: str) -> Markup:
    """The lightpaths of each path, and how light fares along it."""
    strips = [
        element(
            "figure",
            {
                "class": "scroll wide",
                "role": "region",
                "tabindex": 0,
                "aria-label": f"Strip diagram, {path.role.value} path",
            },
            strip_drawing(network, path, drawing_id=f"{anchor}-{path.role.value}-strip"),
            element("figcaption", None, _strip_words(path)),
        )
        for path in offer.paths
    ]
    return fragment(
        heading(3, "Lightpaths"),
        *(_lightpath_table(network, path) for path in offer.paths),
        heading(3, "Power and GSNR along the line"),
        strips,
        paragraph(
            "The upper band shows the mean channel power falling along each fibre and raised by "
            "each amplifier; the lower one the mean GSNR since the light was last regenerated, "
            "without the noise of transceivers and ROADMs, which comes off at the end of each "
            "lightpath. The diamond is the worst channel with all noise in it; it must stay on or "
            "above the long-dashed line: what the mode requires (dotted) plus the margin. Filled "
            "dots are amplifiers at sites of the data; hollow dots are huts derived so that no "
            f"fibre is longer than {network.rules.ots_length_km_max.value:g} km. "
            "(R) marks regeneration.",
            kind="note",
        ),
    )


def _strip_words(path: ServicePath) -> str:
    derived = sum(point.is_derived for point in path.profile)
    return (
        f"{ROLE_WORDS[path.role]}: {km(path.length_km)} of glass, "
        f"{counted(derived, 'derived hut')}, "
        f"{counted(len(path.regenerator_site_ids), 'regenerator')}."
    )


def _lightpath_table(network: Network, path: ServicePath) -> Markup:
    regenerators = [short_site_name(network, site) for site in path.regenerator_site_ids]
    return fragment(
        table(
            Table(
                caption=f"{ROLE_WORDS[path.role]}: lightpaths under full load",
                headings=[
                    *("From", "To", "Glass length [km]", "Mode", "Wavelengths"),
                    *("GSNR of the worst channel [dB]", "Mean GSNR [dB]", "Required [dB]"),
                    *("Margin [dB]", "Margin asked [dB]", "OSNR in 0.1 nm [dB]"),
                    *("Dispersion [ns/nm]", "PMD [ps]"),
                ],
                rows=[_lightpath_row(network, path, lightpath) for lightpath in path.lightpaths],
                number_columns=frozenset({2, 5, 6, 7, 8, 9, 10, 11, 12}),
            )
        ),
        paragraph(
            f"Regenerated at {listed(regenerators)}." if regenerators else "Not regenerated."
        ),
    )


def _lightpath_row(network: Network, path: ServicePath, lightpath: Lightpath) -> Sequence[Content]:
    mode = network.library.transceiver_modes[lightpath.transceiver_mode_id]
    return (
        short_site_name(network, lightpath.a_site_id),
        short_site_name(network, lightpath.z_site_id),
        f"{lightpath.length_km:,.1f}",
        mode.name,
        f"{lightpath.wavelengths} {TIMES} {lightpath.spacing_ghz:g} GHz",
        with_trust(f"{lightpath.gsnr_db:.1f}", gsnr_confidence(network, path, lightpath)),
        f"{lightpath.gsnr_db_mean:.1f}",
        with_trust(f"{lightpath.required_gsnr_db:.1f}", mode.provenance.confidence),
        f"{lightpath.margin_db:.1f}",
        f"{lightpath.margin_db_min:.1f}",
        f"{lightpath.osnr_0_1nm_db:.1f}",
        f"{lightpath.cd_ps_per_nm / 1e3:,.1f}",
        f"{lightpath.pmd_ps:.1f}",
    )
