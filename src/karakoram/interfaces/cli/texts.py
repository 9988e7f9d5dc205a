"""How are the platform's figures written for a person?"""

from collections.abc import Iterable, Sequence

from karakoram.adapters.formats import wording
from karakoram.core.findings import Finding
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.network.network import Network
from karakoram.network.records import Status
from karakoram.planning.offers import (
    DiversityProof,
    DiversityScope,
    Reason,
    Remedy,
    RemedyKind,
    RiskSort,
)

# Figures read alike on the screen and in the report.
availability = wording.availability
bit_rate = wording.bit_rate
counted = wording.counted
km = wording.km
minutes = wording.minutes

CONFIDENCE_LEGEND = (
    "stated = given by a source; derived = computed from published figures; "
    "assumed = placeholder, replace before relying on it"
)


def percent(share: float) -> str:
    """A share in whole percent.

    Parameters
    ----------
    share
        Part of the whole; 1 is all of it.

    >>> percent(0.256)
    '26 %'
    """
    return f"{100.0 * share:.0f} %"


def status_text(status: Status) -> str:
    """What a person calls the status.

    >>> status_text(Status.IN_SERVICE)
    'in service'
    """
    return status.value.replace("_", " ")


def amount(money: Money) -> str:
    """An amount without its currency, e.g. ``1,234.50``."""
    return str(money).partition(" ")[2]


def site_text(network: Network, site_id: SiteId) -> str:
    """Short name and identifier, e.g. ``Rawalpindi (RWP)``; what stands in parentheses is left."""
    name = network.sites[site_id].name.partition("(")[0].strip()
    return f"{name} ({site_id})" if name and name != site_id else site_id


def operator_text(network: Network, operator_id: OperatorId) -> str:
    """Name of an operator, its identifier where it has none."""
    operator = network.operators.get(operator_id)
    return operator.name if operator is not None and operator.name else operator_id


def trusted(figure: str, confidence: Confidence) -> str:
    """A figure with how far it may be trusted beside it.

    >>> trusted("97.3 %", Confidence.ASSUMED)
    '97.3 % (assumed)'
    """
    return f"{figure} ({confidence.value})"


def and_more(named: Sequence[str], *, most: int, where: str, between: str = ", ") -> str:
    """The first of many, and how many more there are and where to see them.

    Parameters
    ----------
    named
        All of them, what matters most first.
    most
        How many are shown at most.
    where
        The option that shows the rest.
    between
        What stands between two of them.

    >>> and_more(["a", "b", "c", "d"], most=2, where="--json")
    'a, b and 2 more (--json)'
    >>> and_more(["a", "b"], most=2, where="--json")
    'a, b'
    """
    more = len(named) - most
    shown = between.join(named[:most])
    return f"{shown} and {more} more ({where})" if more > 0 else shown


def confidence_text(confidences: Iterable[Confidence]) -> str:
    """One word where all agree, else how many of which: ``3 derived, 1 assumed``."""
    counted: dict[Confidence, int] = {}
    for confidence in confidences:
        counted[confidence] = counted.get(confidence, 0) + 1
    if len(counted) <= 1:
        return next((confidence.value for confidence in counted), "")
    ordered = (confidence for confidence in Confidence if confidence in counted)
    return ", ".join(f"{counted[confidence]} {confidence.value}" for confidence in ordered)


def risk_sort_text(sort: RiskSort) -> str:
    """What a person calls the sort of a risk.

    >>> risk_sort_text(RiskSort.RISK_GROUP)
    'common cause'
    """
    return {
        RiskSort.SPAN: "same span",
        RiskSort.RISK_GROUP: "common cause",
        RiskSort.SITE: "same site",
    }[sort]


def diversity_text(proof: DiversityProof) -> str:
    """What no other two paths share less of, and who proved it; a cut search proves nothing.

    >>> diversity_text(DiversityProof(scope=DiversityScope.ALL_RISKS, prover="ilp"))
    'No two paths share less risk (proved by ilp).'
    """
    shared = {
        DiversityScope.PLANT: "plant, i.e. spans and landing stations",
        DiversityScope.ALL_RISKS: "risk",
    }[proof.scope]
    if proof.prover == "capped":
        return f"No two paths share less {shared}, as far as the search went."
    return f"No two paths share less {shared} (proved by {proof.prover})."


def reason_text(reason: Reason) -> str:
    """Why not, and the options of the command that help, each by itself.

    >>> accepting = Remedy(kind=RemedyKind.ACCEPT_STATUS, values=("option",))
    >>> reason_text(Reason(code="", where="", message="not yet", remedies=(accepting,)))
    'not yet (here: --include option)'
    """
    options = " or ".join(_options_text(remedy) for remedy in reason.remedies)
    return f"{reason.message} (here: {options})" if options else reason.message


def _options_text(remedy: Remedy) -> str:
    match remedy.kind:
        case RemedyKind.ACCEPT_STATUS:
            return " ".join(f"--include {status}" for status in remedy.values)
        case RemedyKind.ALLOW_LATENCY:
            return f"--latency-ms-max {remedy.values[0]}"
        case RemedyKind.ALLOW_TRANSIT:
            return f"--transit-limit {remedy.values[0]}"
        case RemedyKind.LOWER_BIT_RATE:
            return f"--bit-rate {remedy.values[0]}G"
        case RemedyKind.NO_PROTECTION:
            return "--protection none"


def place_text(finding: Finding) -> str:
    """File and row of a finding, or its table."""
    place = finding.place
    row = f" row {place.row}" if place.row is not None else ""
    return f"{place.file or place.table}{row}"
