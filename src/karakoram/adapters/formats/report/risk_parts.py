"""How are shared risks and availability shown?"""

from collections.abc import Mapping, Sequence

from karakoram.adapters.formats.report.html import Content, Markup, element, fragment
from karakoram.adapters.formats.report.parts import (
    Table,
    folded,
    heading,
    paragraph,
    table,
    trust,
    with_trust,
)
from karakoram.adapters.formats.report.words import (
    PROVER_WORDS,
    ROLE_WORDS,
    SCOPE_WORDS,
    availability,
    counted,
    minutes,
    site_name,
)
from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.network.network import Network
from karakoram.planning.offers import DiversityProof, Offer, OutageShare, RiskSort, SharedRisk
from karakoram.planning.trust import availability_trust

_SPANS_NAMED_MAX = 6
_KIND_NAMES: Mapping[RiskSort, str] = {
    RiskSort.RISK_GROUP: "risk group",
    RiskSort.SPAN: "span",
    RiskSort.SITE: "site",
}


def shared_risk_part(network: Network, offer: Offer) -> Markup:
    """What takes both paths at once: groups at a glance, spans and sites to be opened."""
    return fragment(heading(3, "Shared risks"), *_shared_contents(network, offer))


def _shared_contents(network: Network, offer: Offer) -> list[Markup]:
    if len(offer.paths) == 1:
        return [paragraph("The service has one path, so every risk on it takes the service.")]
    proven = _proof_words(offer.diversity_proof)
    if not offer.shared_risks:
        return [paragraph(f"No span, site or risk group takes both paths at once. {proven}")]
    by_sort = {
        sort: [risk for risk in offer.shared_risks if risk.sort is sort] for sort in _KIND_NAMES
    }
    groups = by_sort.pop(RiskSort.RISK_GROUP)
    contents = [
        paragraph(
            "One event on any of these takes the working and the protection path together. "
            f"{proven}"
        )
    ]
    telling = [risk for risk in groups if risk.unavailable_min_per_year > 0.0]
    silent = [risk for risk in groups if risk.unavailable_min_per_year <= 0.0]
    if telling:
        contents.append(_risk_table(network, telling, caption="Shared risk groups"))
    if silent:
        contents.append(
            folded(
                f"Shared ground without a common cause of its own on record ({len(silent)})",
                _risk_table(network, silent, caption="Shared ground"),
            )
        )
    contents.extend(
        folded(
            f"Shared {_KIND_NAMES[sort]}s ({len(risks)}, together about "
            f"{minutes(sum(risk.unavailable_min_per_year for risk in risks))} minutes a year)",
            _risk_table(network, risks, caption=f"Shared {_KIND_NAMES[sort]}s"),
        )
        for sort, risks in by_sort.items()
        if risks
    )
    return contents


def _proof_words(proof: DiversityProof | None) -> str:
    if proof is None:
        return ""
    claim = f"No two paths that keep to what was asked share less {SCOPE_WORDS[proof.scope]}"
    if proof.prover not in PROVER_WORDS:
        return f"{claim} among those searched; the search was cut short before a proof."
    return f"{claim}: proven by {PROVER_WORDS[proof.prover]}."


def _risk_table(network: Network, risks: Sequence[SharedRisk], *, caption: str) -> Markup:
    return table(
        Table(
            caption=caption,
            headings=["Risk", "Spans exposed", "Down [min/year]", "Standing"],
            rows=[
                (
                    _risk_name(network, risk),
                    _span_words(risk),
                    minutes(risk.unavailable_min_per_year),
                    trust(risk.confidence),
                )
                for risk in risks
            ],
            number_columns=frozenset({2}),
        )
    )


def _risk_name(network: Network, risk: SharedRisk) -> str:
    if risk.sort is RiskSort.SITE:
        return site_name(network, risk.risk_id)
    return risk.name


def _span_words(risk: SharedRisk) -> str:
    if risk.sort is RiskSort.SPAN:
        return "itself"
    named = ", ".join(risk.span_ids[:_SPANS_NAMED_MAX])
    more = len(risk.span_ids) - _SPANS_NAMED_MAX
    return f"{named} and {more} more" if more > 0 else named


def availability_part(network: Network, offer: Offer) -> Markup:
    """How often the service is up, and what keeps it from being up more often."""
    lost = offer.unavailability * MINUTES_PER_YEAR
    alone = [
        f"{ROLE_WORDS[path.role]} alone: {availability(path.unavailability)} "
        f"({minutes(path.unavailability * MINUTES_PER_YEAR)} minutes a year without service)."
        for path in offer.paths
    ]
    return fragment(
        heading(3, "Availability"),
        paragraph(
            "The service is up ",
            with_trust(availability(offer.unavailability), availability_trust(offer)),
            f" of the time, that is {minutes(lost)} minutes a year without service. ",
            " ".join(alone) if len(alone) > 1 else "",
        ),
        _outage_table(network, offer.outage_shares, lost=lost),
        paragraph(
            "Each row says what the service would gain if that component never failed. Rows do "
            "not add up to the whole: with two paths most outages need two failures.",
            kind="note",
        ),
    )


def _outage_table(network: Network, shares: Sequence[OutageShare], *, lost: float) -> Markup:
    widest = max((share.unavailable_min_per_year for share in shares), default=0.0)
    return table(
        Table(
            caption=f"What costs most: {counted(len(shares), 'component')}",
            headings=["Component", "Minutes a year", "Share of the outage", "Standing"],
            rows=[
                (
                    fragment(
                        _capital(site_name(network, share.name)),
                        _identifier(share),
                    ),
                    minutes(share.unavailable_min_per_year),
                    _bar(share.unavailable_min_per_year, lost=lost, widest=widest),
                    trust(share.confidence),
                )
                for share in shares
            ],
            number_columns=frozenset({1}),
        )
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _identifier(share: OutageShare) -> Content:
    identifier = share.component.split(":")[-1]
    return "" if identifier in share.name else element("small", None, f" {identifier}")


def _bar(value: float, *, lost: float, widest: float) -> Markup:
    """The share in words, and as a bar for the eye."""
    share = value / lost if lost else 0.0
    width = 100.0 * value / widest if widest else 0.0
    return fragment(
        element(
            "span",
            {"class": "bar", "style": f"width:{0.08 * width:.2f}em", "aria-hidden": "true"},
        ),
        f" {100.0 * share:.1f} %",
    )
