"""What do the best launch powers of the sections that somebody names bring over the power rule?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import errors_of
from karakoram.core.units import db_from_linear
from karakoram.network.network import Network
from karakoram.network.sections import Oms, multiplex_sections
from karakoram.network.validate import validate
from karakoram.planning.section_launch import (
    BandPlan,
    LaunchAim,
    SectionLaunch,
    section_batch,
    section_launch,
    uncertain_section_gsnr,
)
from karakoram.planning.section_plans import CONFIDENCE
from karakoram.usecases.ports import NetworkSource, Progress, silent
from karakoram.usecases.words import (
    Reading,
    choice_from_word,
    reading,
    refuse_unread,
    spacing_ghz_from_word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchQuestion:
    """Which sections, and what their launch powers are chosen for."""

    section: str | None = None
    """``A-Z`` by the sites at its ends, in the direction of light; ``None``: all, both ways."""
    band: str = "C"
    goal: str = "margin"
    spacing: str = "150"
    """Slot width of every channel in GHz, one that a transceiver mode of the library has."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaunchAnswer:
    """Launch powers of sections, by rule and at their best."""

    network: Network
    band: BandPlan
    aim: LaunchAim
    spacing_ghz: float
    confidence: float
    launch: SectionLaunch
    gsnr_db_at_confidence: Float[np.ndarray, "line channel"]
    """What the GSNR is above, with the stated confidence, at the best launch powers [dB]."""

    @property
    def gain_db(self) -> Float[np.ndarray, " line"]:
        """What the worst channel gains over the power rule [dB]."""
        gained = self.launch.plan.gsnr.min(axis=1) / self.launch.rule_gsnr.min(axis=1)
        return db_from_linear(gained)

    @property
    def mean_gain_db(self) -> Float[np.ndarray, " line"]:
        """Mean over the channels of what they gain [dB]."""
        return np.asarray(
            db_from_linear(self.launch.plan.gsnr / self.launch.rule_gsnr).mean(axis=1)
        )


def optimise_launch(
    question: LaunchQuestion, *, networks: NetworkSource, progress: Progress = silent
) -> LaunchAnswer:
    """The best launch powers of the sections on land that are in service.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule, or the question names what is not there.
    """
    progress("Reading the network")
    network = networks.read_network()
    errors = errors_of(validate(network))
    if errors:
        raise InvalidDataError(errors)
    band = reading("band", question.band, _band_from_word)
    aim = reading("goal", question.goal, lambda word: choice_from_word(word, LaunchAim))
    spacing = reading(
        "spacing", question.spacing, lambda word: spacing_ghz_from_word(network, word)
    )
    chosen: Reading[tuple[Oms, ...]] = (
        Reading(read=_all_ways(network))
        if question.section is None
        else reading("section", question.section, lambda word: _sections(network, word))
    )
    refuse_unread((band, aim, spacing, chosen))
    progress("Choosing launch powers")
    batch = section_batch(network, chosen.value, band=band.value, spacing_ghz=spacing.value)
    launch = section_launch(batch, aim=aim.value)
    return LaunchAnswer(
        network=network,
        band=band.value,
        aim=aim.value,
        spacing_ghz=spacing.value,
        confidence=CONFIDENCE,
        launch=launch,
        gsnr_db_at_confidence=uncertain_section_gsnr(launch, with_receiver=True).at(CONFIDENCE),
    )


def _band_from_word(word: str) -> BandPlan:
    known: Mapping[str, BandPlan] = {band.value.casefold(): band for band in BandPlan}
    wanted = word.strip().casefold().replace(" ", "")
    if wanted in known:
        return known[wanted]
    raise NotFoundError(f"{word!r} is not one of {', '.join(b.value for b in BandPlan)}.")


def _on_land(network: Network) -> tuple[Oms, ...]:
    return tuple(one for one in multiplex_sections(network) if one.submarine_cable_id is None)


def _all_ways(network: Network) -> tuple[Oms, ...]:
    ways = tuple(way for one in _on_land(network) for way in (one, one.reversed()))
    if not ways:
        raise NotFoundError("the network has no multiplex section on land in service.")
    return ways


def _sections(network: Network, word: str) -> tuple[Oms, ...]:
    """The sections from A to Z; several where fibre runs beside fibre."""
    wanted = word.strip().casefold()
    ways = [way for one in _on_land(network) for way in (one, one.reversed())]
    found = tuple(one for one in ways if f"{one.a_site_id}-{one.z_site_id}".casefold() == wanted)
    if found:
        return found
    ends = wanted.split("-")
    near = [
        f"{one.a_site_id}-{one.z_site_id}"
        for one in ways
        if one.a_site_id.casefold() == ends[0] or one.z_site_id.casefold() == ends[-1]
    ]
    hint = f"; near: {', '.join(dict.fromkeys(near))}" if near else ""
    raise NotFoundError(f"no multiplex section on land in service runs {word!r}{hint}.")
