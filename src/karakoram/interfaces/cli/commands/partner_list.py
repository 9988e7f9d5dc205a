"""``karakoram partner list``: who sells to us over an interface?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.adapters.formats.json_partners import json_from_partner
from karakoram.interfaces.cli import options, partner_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.partner_screen import show_partners
from karakoram.interfaces.cli.screen import screen


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerListOptions:
    """What ``karakoram partner list`` takes."""

    partners: partner_options.PartnersPath = None
    as_json: options.AsJson = False


def run(chosen: PartnerListOptions) -> ExitCode:
    """Read, print."""
    path = partner_options.partners_path(chosen.partners)
    partners = tuple(each.terms for each in bootstrap.partners_source(path).read_accounts())
    tell_answer(
        chosen.as_json,
        payload=lambda: {"partners": [json_from_partner(each) for each in partners]},
        show=lambda: show_partners(screen(), partners),
    )
    return ExitCode.DONE


app = command_app(
    PartnerListOptions,
    run,
    help_text="List the partners of whom legs are bought over an interface, and whether their "
    "secrets are found. Asks nobody.",
    examples=("karakoram partner list", "karakoram partner list --partners partners.toml --json"),
)
