"""How do launch powers of sections look on a screen?"""

from rich.console import Console

from karakoram.core.provenance import Confidence
from karakoram.core.units import db_from_linear, dbm_from_watt
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.traces import lines_confidence
from karakoram.refdata.optical_planning import read_optical_bands, read_optical_uncertainties
from karakoram.usecases.light.optimise_launch import LaunchAnswer

_CHANNELS_SHOWN = 9
"""Of a single section: the ends and some between."""


def show_launch(console: Console, answer: LaunchAnswer) -> None:
    """Print what the best launch powers bring, and of a single section some channels."""
    launch = answer.launch
    comb = launch.batch.comb
    console.print(
        f"Launch powers for the best {answer.aim.value} · {answer.band.value} band · "
        f"{comb.channel_count} channels in slots of {answer.spacing_ghz:g} GHz"
    )
    show_table(
        console,
        (
            "section",
            "#km",
            "#GSNR dB\nby rule",
            "#GSNR dB\nat best",
            "#gain\ndB",
            f"#at {answer.confidence:.0%}\ndB",
            "#total dBm\nat best",
            "Figures",
        ),
        (
            (
                f"{oms.a_site_id}-{oms.z_site_id}",
                f"{oms.length_km:.0f}",
                f"{db_from_linear(launch.rule_gsnr[row]).min():.2f}",
                f"{db_from_linear(launch.plan.gsnr[row]).min():.2f}",
                f"{answer.gain_db[row]:+.2f}",
                f"{answer.gsnr_db_at_confidence[row].min():.2f}",
                f"{dbm_from_watt(launch.plan.launch_power_w[row].sum(keepdims=True))[0]:.2f}",
                lines_confidence(answer.network, (oms,)).value,
            )
            for row, oms in enumerate(launch.batch.oms)
        ),
    )
    if len(launch.batch.oms) == 1:
        _show_channels(console, answer)
    _show_assumed(console, answer)


def _show_channels(console: Console, answer: LaunchAnswer) -> None:
    launch = answer.launch
    comb = launch.batch.comb
    count = comb.channel_count
    shown = sorted({round(i * (count - 1) / (_CHANNELS_SHOWN - 1)) for i in range(_CHANNELS_SHOWN)})
    show_title(console, "Channels")
    show_table(
        console,
        ("#THz", "#rule dBm", "#best dBm", "#GSNR dB\nby rule", "#GSNR dB\nat best"),
        (
            tuple(
                f"{value:.2f}"
                for value in (
                    comb.frequency_hz[i] / 1e12,
                    float(dbm_from_watt(comb.launch_power_w)[i]),
                    float(dbm_from_watt(launch.plan.launch_power_w[0])[i]),
                    float(db_from_linear(launch.rule_gsnr[0])[i]),
                    float(db_from_linear(launch.plan.gsnr[0])[i]),
                )
            )
            for i in shown
        ),
    )


def _show_assumed(console: Console, answer: LaunchAnswer) -> None:
    named = [(one.name, one.provenance.confidence) for one in read_optical_uncertainties()]
    if answer.launch.batch.bands is not None:
        named += [(band.name, band.provenance.confidence) for band in read_optical_bands()]
    assumed = [name for name, confidence in named if confidence is Confidence.ASSUMED]
    console.print()
    show_lines(
        console,
        "GSNR is that of the worst channel, in the signal bandwidth, without terminals.",
        f"Assumed, and shown by --json with source: {'; '.join(assumed)}.",
    )
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)
