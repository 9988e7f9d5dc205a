"""How does a planner read the light of a submarine cable on the screen?"""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from rich.console import Console

from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.core.units import db_from_linear, dbm_from_watt, hz_from_ghz
from karakoram.engines.optics.open_cable import at_symbol_rate
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.acceptance_screen import show_judged
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.network.wet_line import WET_LINE_FIGURES, WetLine
from karakoram.planning.wet_light import WetLight
from karakoram.usecases.light.light_submarine import FibrePairBitRate, SubmarineAnswer

_CHANNELS_SHOWN = 9
"""The ends and some between."""
_UNITS_SHOWN = 8


def show_submarine(console: Console, answer: SubmarineAnswer) -> None:
    """Print the legs, each line under the sea, what a fibre pair carries, and what is assumed."""
    light = answer.light
    console.print(
        f"{answer.name} · {texts.km(light.length_km)} km · {light.latency_ms:.2f} ms one way · "
        f"{texts.counted(light.frequency_hz.size, 'channel')} in slots of {answer.spacing_ghz:g} "
        "GHz"
    )
    _show_legs(console, answer)
    for way in answer.judged:
        show_judged(console, way, reference_gbaud=answer.reference_gbaud)
    for wet in light.wet:
        _show_wet(console, wet, reference_gbaud=answer.reference_gbaud)
    _show_assumed(console, answer)


def _show_legs(console: Console, answer: SubmarineAnswer) -> None:
    light = answer.light
    rows = [
        (
            f"{leg.a_place}-{leg.z_place}",
            texts.km(leg.length_km),
            "land" if leg.wet is None else "sea",
            *_bit_rate_cells(alone),
            *_least_and_mean(leg.end.gsnr),
        )
        for leg, alone in zip(light.legs, answer.leg_bit_rates, strict=True)
    ]
    whole = (
        "from end to end",
        texts.km(light.length_km),
        "",
        *_bit_rate_cells(answer.bit_rate),
        *_least_and_mean(light.end.gsnr),
    )
    gap, margin = answer.bit_rate.gap, answer.bit_rate.margin
    show_title(console, "What a fibre pair carries, each way")
    show_table(
        console,
        (
            *("line", "#km", "", "#Tb/s by\nmodes", "#with gap", "#Shannon"),
            *("#GSNR dB\nworst", "#mean"),
        ),
        rows,
        total=whole if len(rows) > 1 else None,
    )
    published = answer.bit_rate.published_tbps
    show_lines(
        console,
        f"By modes: each channel lit by the fastest mode of the library that works with "
        f"{margin.value:g} dB of margin ({margin.provenance.confidence.value}). With gap: "
        f"Shannon's bound with {gap.value:g} dB more SNR ({gap.provenance.confidence.value}).",
        *(() if published is None else (f"Published design: {published:.2f} Tb/s a fibre pair.",)),
        *_modes_lines(answer.bit_rate, "From end to end"),
        f"Under the sea kilometres are {answer.length_confidence.value}, GSNR and what is computed "
        f"from it {answer.wet_confidence.value}.",
    )


def _bit_rate_cells(found: FibrePairBitRate) -> tuple[str, ...]:
    return (
        f"{found.modes_tbps:.2f}",
        f"{found.with_gap_tbps:.2f}",
        f"{found.shannon_tbps:.2f}",
    )


def _modes_lines(found: FibrePairBitRate, where: str) -> tuple[str, ...]:
    if not found.modes:
        return (f"{where} no mode of this slot width works without regeneration.",)
    told = (
        f"{texts.counted(one.channels, 'channel')} of {one.mode.name} "
        f"({one.mode.provenance.confidence.value})"
        for one in found.modes
    )
    return (f"{where}: {', '.join(told)}.",)


def _least_and_mean(gsnr: Float[np.ndarray, " channel"]) -> tuple[str, str]:
    gsnr_db = db_from_linear(gsnr)
    return f"{gsnr_db.min():.2f}", f"{gsnr_db.mean():.2f}"


def _show_wet(console: Console, wet: WetLight, *, reference_gbaud: float) -> None:
    line, kept_db = wet.line, db_from_linear(wet.droop.signal_kept[0])
    best_dbm = float(dbm_from_watt(np.array([wet.best_output_power_w]))[0])
    gosnr_db, best_db = db_from_linear(wet.gosnr), db_from_linear(wet.best_gosnr)
    show_title(console, f"Under the sea: {line.name}")
    show_lines(
        console,
        f"{texts.counted(line.span_count, 'span')} of {line.span_km:.1f} km and "
        f"{line.span_loss_db:.2f} dB, "
        f"{texts.counted(line.span_count - 1, 'repeater')} under the sea; the last amplifier "
        "stands in the landing station",
        *_unit_lines(line),
        f"Design GOSNR at {line.repeater_output_power_dbm.value:g} dBm in all: "
        f"{gosnr_db.mean():.2f} dB in the mean, {gosnr_db.min():.2f} dB the worst channel",
        f"At the best, {best_dbm:.2f} dBm: {best_db.mean():.2f} dB in the mean",
        f"Signal droop where one gain holds the total power: {-kept_db.mean():.2f} dB in the mean, "
        f"{-kept_db.min():.2f} dB the worst channel",
    )
    _show_acceptance(console, wet, reference_gbaud=reference_gbaud)
    _show_channels(console, wet)


def _unit_lines(line: WetLine) -> tuple[str, ...]:
    if not line.branching_units:
        return ()
    named = [
        f"{unit.name} at {unit.km.value:g} km, span {line.span_of(unit) + 1}, "
        f"{unit.loss_db.value:g} dB ({unit.loss_db.provenance.confidence.value})"
        for unit in line.branching_units
    ]
    told = texts.and_more(named, most=_UNITS_SHOWN, where="--json", between="; ")
    return (f"{texts.counted(len(named), 'branching unit')}: {told}",)


def _show_acceptance(console: Console, wet: WetLight, *, reference_gbaud: float) -> None:
    stated = at_symbol_rate(
        wet.figures,
        from_hz=wet.comb.symbol_rate_hz,
        to_hz=np.array([hz_from_ghz(reference_gbaud)]),
    )
    show_lines(
        console, f"Acceptance figures (ITU-T G.977.1) for a channel of {reference_gbaud:g} GBd:"
    )
    rows = [
        (words, *(f"{value:.2f}" for value in (ratio_db.mean(), ratio_db.min(), ratio_db.max())))
        for words, ratio in (
            ("SNR_ASE [dB]", stated.snr_ase),
            ("SNR_NLI [dB]", stated.snr_nli),
            ("GSNR [dB]", stated.gsnr),
        )
        for ratio_db in [db_from_linear(ratio)]
    ]
    show_table(console, ("", "#mean", "#least", "#most"), rows)


def _show_channels(console: Console, wet: WetLight) -> None:
    count = wet.comb.channel_count
    chosen = np.unique(
        np.linspace(0, count - 1, min(count, _CHANNELS_SHOWN)).round().astype(int)
    ).tolist()
    figures = wet.figures
    columns = (
        (wet.comb.frequency_hz / 1e12, 3),
        (dbm_from_watt(wet.comb.launch_power_w), 2),
        (dbm_from_watt(wet.repeater_input_power_w), 2),
        (db_from_linear(figures.snr_ase), 2),
        (db_from_linear(figures.snr_nli), 2),
        (db_from_linear(figures.gsnr), 2),
        (db_from_linear(wet.gosnr), 2),
        (-db_from_linear(wet.droop.signal_kept[0]), 2),
    )
    show_lines(console, "Channels at the end of the line:")
    show_table(
        console,
        (
            *("#THz", "#dBm out", "#dBm in", "#SNR_ASE", "#SNR_NLI"),
            *("#GSNR", "#GOSNR\n0.1 nm", "#droop"),
        ),
        (tuple(f"{values[at]:.{digits}f}" for values, digits in columns) for at in chosen),
    )
    if len(chosen) < count:
        show_lines(console, f"{len(chosen)} of {count} channels; --json shows all")


def _show_assumed(console: Console, answer: SubmarineAnswer) -> None:
    """Every figure of the lines once, under the source that gave it; assumed ones first."""
    by_source: dict[Provenance, dict[str, None]] = {}
    for wet in answer.light.wet:
        for name in WET_LINE_FIGURES:
            figure: Figure = getattr(wet.line, name)
            where = f" of {wet.line.name}" if name == "length_km" else ""
            told = f"{_words(name, figure.value)}{where}"
            by_source.setdefault(figure.provenance, {})[told] = None
        for unit in wet.line.branching_units:
            for figure, words in ((unit.km, "place"), (unit.loss_db, "loss")):
                where = f"{words} of branching unit {unit.name}"
                by_source.setdefault(figure.provenance, {})[where] = None
        fibre = wet.line.fibre_type
        told = f"dispersion, area and PMD of fibre {fibre.fibre_type_id}"
        by_source.setdefault(fibre.provenance, {})[told] = None
    show_title(console, "Where the figures come from, assumed ones first")
    for provenance in sorted(by_source, key=lambda one: one.confidence is not Confidence.ASSUMED):
        dated = f" ({provenance.source_date})" if provenance.source_date else ""
        confidence = provenance.confidence.value
        show_lines(console, f"{confidence}: {', '.join(by_source[provenance])}")
        show_lines(console, f"{provenance.source}{dated}", indent=6)
    show_lines(console, "--json also has the notes.")


def _words(name: str, value: float) -> str:
    """A figure in words, its unit at the end.

    >>> _words("repeater_spacing_km", 70.0)
    'repeater spacing 70 km'
    """
    for ending, unit in _UNITS.items():
        if name.endswith(ending):
            return f"{name.removesuffix(ending).replace('_', ' ')} {value:g} {unit}"
    return f"{name.replace('_', ' ')} {value:g}"


_UNITS: Mapping[str, str] = {
    "_db_per_km": "dB/km",
    "_km": "km",
    "_dbm": "dBm",
    "_db": "dB",
    "_thz": "THz",
}
