"""What is wrong with a catalogue, all of it?"""

from karakoram.core.findings import Finding, Severity
from karakoram.usecases.catalogue.catalogue_ports import CatalogueStore
from karakoram.usecases.ports import NetworkSource


def validate_stored_catalogue(
    *, catalogues: CatalogueStore, networks: NetworkSource
) -> tuple[Finding, ...]:
    """Every finding: errors first, each kind in the order of the files.

    Raises
    ------
    InvalidDataError
        If the network whose sites and operators it names cannot be used.
    """
    _, findings = catalogues.read_catalogue_with_findings(networks.read_network())
    return tuple(sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR))
