"""How does a command tell what is wrong with what it has checked?"""

from collections.abc import Sequence
from pathlib import Path

from karakoram.adapters.formats.json_network import json_from_findings, json_from_verdict
from karakoram.core.findings import Finding, errors_of
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.findings_screen import show_findings
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.store_screen import show_check
from karakoram.usecases.store.store_ports import StoreCheck


def tell_findings(findings: Sequence[Finding], *, folder: Path, as_json: bool) -> ExitCode:
    """Tell every finding about a folder; 2 when one of them is an error."""
    name = str(folder)
    tell_answer(
        as_json,
        payload=lambda: json_from_verdict(findings, folder=name),
        show=lambda: show_findings(screen(), findings, folder=name),
    )
    return ExitCode.BAD_INPUT if errors_of(tuple(findings)) else ExitCode.DONE


def tell_check(found: StoreCheck, *, place: str, as_json: bool) -> ExitCode:
    """Tell what is in a store, and every finding about it; 2 when one is no warning.

    Parameters
    ----------
    found
        Of the check.
    place
        The store, as it may be told to anybody.
    as_json
        Whether a program reads it.
    """
    tell_answer(
        as_json,
        payload=lambda: {
            "store": place,
            "sound": not errors_of(found.findings),
            "counts": dict(found.counts),
            "findings": json_from_findings(found.findings),
        },
        show=lambda: show_check(screen(), found, store=place),
    )
    return ExitCode.BAD_INPUT if errors_of(found.findings) else ExitCode.DONE
