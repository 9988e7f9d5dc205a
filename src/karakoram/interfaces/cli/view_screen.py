"""How does a person read what one operator sees of a network?"""

from rich.console import Console

from karakoram.core.provenance import weakest
from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.network.network import Network
from karakoram.network.views import OperatorView
from karakoram.usecases.network.view_network import ViewAnswer


def show_view(console: Console, found: ViewAnswer) -> None:
    """Print the viewer's own spans and sites, then the partners' legs, each sorted."""
    network, view = found.network, found.view
    own_km = sum((span.length_km for span in view.own.spans.values()), start=0.0)
    show_lines(
        console,
        f"What {texts.operator_text(network, view.viewer_id)} sees: "
        f"{texts.counted(len(view.own.spans), 'span')} of its own ({texts.km(own_km)} km), "
        f"{texts.counted(len(view.own.sites), 'site')}, and "
        f"{texts.counted(len(view.partner_legs), 'leg')} of partners",
        indent=0,
    )
    _show_spans(console, view.own)
    _show_sites(console, view.own)
    _show_legs(console, network, view)
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def _show_spans(console: Console, own: Network) -> None:
    show_title(console, "Its own spans")
    if not own.spans:
        show_lines(console, "None.")
        return
    show_table(
        console,
        ("Span", "From", "To", "#km", "Length", "Cable", "Status"),
        (
            (
                span.span_id,
                span.a_site_id,
                span.z_site_id,
                texts.km(span.length_km),
                span.provenance.confidence.value,
                span.cable_id,
                texts.status_text(span.status),
            )
            for _, span in sorted(own.spans.items())
        ),
    )


def _show_sites(console: Console, own: Network) -> None:
    show_title(console, "Sites on its spans, and where it hands over")
    if not own.sites:
        show_lines(console, "None.")
        return
    show_table(
        console,
        ("Site", "Name", "Country", "Kind"),
        (
            (site.site_id, site.name, site.country, site.kind.value.replace("_", " "))
            for _, site in sorted(own.sites.items())
        ),
    )


def _show_legs(console: Console, network: Network, view: OperatorView) -> None:
    show_title(console, f"Legs of partners [{network.currency}]")
    legs = sorted(
        view.partner_legs, key=lambda leg: (leg.operator_id, leg.a_site_id, leg.z_site_id)
    )
    if legs:
        show_table(
            console,
            (
                "Partner",
                "From",
                "To",
                "#ms one way",
                "#min/year down",
                "#a month",
                "#once",
                "Figures",
            ),
            (
                (
                    *(leg.operator_id, leg.a_site_id, leg.z_site_id),
                    f"{leg.latency_ms:.2f}",
                    texts.minutes(leg.unavailability * MINUTES_PER_YEAR),
                    texts.amount(leg.mrc),
                    texts.amount(leg.nrc),
                    weakest(
                        (leg.latency_confidence, leg.outage_confidence, leg.price_confidence)
                    ).value,
                )
                for leg in legs
            ),
        )
    show_lines(console, "A leg is the partner's fastest way" if legs else "None.")
    if view.legs_not_offered:
        show_title(console, "Not offered")
        show_table(
            console,
            ("Partner", "From", "To", "Why"),
            (
                (pair.operator_id, pair.a_site_id, pair.z_site_id, pair.reason)
                for pair in view.legs_not_offered
            ),
        )
