"""How are figures and their standing put into words?"""

from collections.abc import Mapping

from karakoram.adapters.formats import wording
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.provenance import Confidence
from karakoram.network.network import Network
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.planning.demand import Protection, ServiceDemand
from karakoram.planning.offers import DiversityScope, OfferLabel
from karakoram.planning.path_side import PathSide

# Figures read alike on the screen and in the report.
availability = wording.availability
bit_rate = wording.bit_rate
counted = wording.counted
minutes = wording.minutes

TIMES = "\u00d7"
"""The sign of multiplication."""


MINUS = "\u2212"
"""The sign of negative figures, as wide as a digit."""

CONFIDENCE_MEANINGS: Mapping[Confidence, str] = {
    Confidence.STATED: "published by its owner or in the press",
    Confidence.DERIVED: "worked out from published figures by a stated rule",
    Confidence.ASSUMED: "nobody has published it; a placeholder to be replaced",
}

UNIT_WORDS: Mapping[PriceUnit, str] = {
    PriceUnit.KM: "km of glass",
    PriceUnit.LEG: "leg",
    PriceUnit.END: "lightpath end",
    PriceUnit.REGENERATOR: "regenerator",
}

PERIOD_WORDS: Mapping[ChargePeriod, str] = {
    ChargePeriod.MONTH: "each month",
    ChargePeriod.ONCE: "once",
}

LABEL_WORDS: Mapping[OfferLabel, str] = {
    OfferLabel.CHEAPEST: "Cheapest",
    OfferLabel.LOWEST_LATENCY: "Lowest latency",
    OfferLabel.MOST_DIVERSE: "Most diverse",
}

ROLE_WORDS: Mapping[PathSide, str] = {
    PathSide.WORKING: "Working path",
    PathSide.PROTECTION: "Protection path",
}

SCOPE_WORDS: Mapping[DiversityScope, str] = {
    DiversityScope.PLANT: "plant (spans and landing stations)",
    DiversityScope.ALL_RISKS: "risk of any kind (plant, risk groups and sites)",
}

PROVER_WORDS: Mapping[str, str] = {
    "branching": "an exact search that branches on each shared risk",
    "ilp": "an integer linear programme",
}


def km(length_km: float) -> str:
    """A length of glass, e.g. ``4,458.2 km``.

    >>> km(4458.23)
    '4,458.2 km'
    """
    return f"{wording.km(length_km)} km"


def ms(duration_ms: float) -> str:
    """A delay, e.g. ``68.3 ms``."""
    return f"{duration_ms:,.1f} ms"


def decibels(ratio_db: float) -> str:
    """A ratio, e.g. ``13.1 dB``."""
    return f"{ratio_db:.1f} dB"


def site_name(network: Network, site_id: SiteId | str) -> str:
    """The site's full name, or its identifier where the network has none."""
    site = network.sites.get(SiteId(site_id))
    return site.name if site is not None else site_id


def short_site_name(network: Network, site_id: SiteId | str, *, letters_max: int = 26) -> str:
    """The site's name as a drawing has room for it: no brackets, no second part."""
    name = site_name(network, site_id).split(" (")[0].split(",")[0].split(" / ")[0].strip()
    name = name.replace("cable landing station", "CLS").replace("landing station", "CLS")
    return name if len(name) <= letters_max else f"{name[: letters_max - 1].rstrip()}…"


def operator_name(network: Network, operator_id: OperatorId | str) -> str:
    """The operator's name, or its identifier where the network has none."""
    operator = network.operators.get(OperatorId(operator_id))
    return operator.name if operator is not None else operator_id


def service_words(network: Network, demand: ServiceDemand) -> str:
    """What was asked for, e.g. ``400G from Urumqi to Marseille, protected 1+1``."""
    ends = (
        f"from {short_site_name(network, demand.a_site_id)} "
        f"to {short_site_name(network, demand.z_site_id)}"
    )
    guard = "protected 1+1" if demand.protection is Protection.ONE_PLUS_ONE else "unprotected"
    return f"{bit_rate(demand.bit_rate_gbps)} {ends}, {guard}"


def listed(words: list[str]) -> str:
    """The words with commas and an "and".

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
