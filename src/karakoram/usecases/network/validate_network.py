"""What is wrong with a network, all of it?"""

from karakoram.core.findings import Finding, Severity
from karakoram.usecases.ports import NetworkSource


def validate_network(*, networks: NetworkSource) -> tuple[Finding, ...]:
    """Every finding: errors first, each kind in the order of the files."""
    _, findings = networks.read_network_with_findings()
    return tuple(sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR))
