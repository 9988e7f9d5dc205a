"""What can the design not reach, and what did it have to give way in?"""

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Bool

from karakoram.core.findings import Finding, Place, Severity
from karakoram.network.photonic.elements import (
    Amplifier,
    Fibre,
    Fused,
    MultibandAmplifier,
    Roadm,
)
from karakoram.network.photonic.figures import roadm_figures
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId, SpectralProfile
from karakoram.planning.photonic.design_bands import channel_dbm, launch_dbm
from karakoram.planning.photonic.design_choice import NO_TYPE
from karakoram.planning.photonic.design_columns import LineGroup, LitSection
from karakoram.planning.photonic.design_records import DesignBasis
from karakoram.planning.photonic.design_settings import LineSettings
from karakoram.planning.photonic.design_spans import directly_joined
from karakoram.planning.photonic.design_types import TypeColumns

_REDUCTION_TOLD_DB = 0.5
"""Less power than wanted by at most this goes without saying (GNPy 3.0.1)."""
_TOLERANCE_DB = 1e-2
"""Steps of launch power are as coarse."""
_TARGET_TOLERANCE_DB = 1e-9
_ERRORS = ("no-amplifier", "impossible-gain")


def layout_findings(network: PhotonicNetwork, sections: Sequence[LitSection]) -> Iterator[Finding]:
    """Amplifiers and lines that cannot be designed as they stand."""
    covered = {key for one in sections for key in one.spanned.laid.old_ids}
    for key, element in network.elements.items():
        if isinstance(element, Amplifier | MultibandAmplifier) and key not in covered:
            yield _finding(
                "outside-sections",
                key,
                "stands in no line of its own between two ROADMs or transceivers; it stays as "
                "it is",
            )
    for one in sections:
        laid = one.spanned.laid
        if laid.is_mixed:
            first = one.spanned.amplifiers[0].element_id
            yield _finding(
                "mixed-amplifiers",
                first,
                f"the line from {laid.begin.element_id!r} has multiband amplifiers and others; "
                "make all of one kind",
                severity=Severity.ERROR,
            )
        elif one.spanned.amplifiers and not one.bands:
            yield _finding(
                "no-design-band",
                one.spanned.amplifiers[0].element_id,
                f"the bands of {laid.begin.element_id!r} do not fit the amplifiers of this line; "
                "state degree_design_bands for it",
                field="bands",
                severity=Severity.ERROR,
            )
        if directly_joined(laid):
            fibre = next(e.element_id for e in laid.elements if isinstance(e, Fibre))
            yield _finding(
                "no-amplifier-between",
                fibre,
                "fibres follow each other with neither amplifier nor splice; the loss of all "
                "counts as one span",
            )
        yield from _degree_findings(one)


def _degree_findings(section: LitSection) -> Iterator[Finding]:
    """Targets of a degree by the name of the fibre that a new booster now stands before."""
    laid = section.spanned.laid
    if not isinstance(laid.begin, Roadm) or not laid.elements or len(laid.elements) == 1:
        return
    booster, behind = laid.elements[0].element_id, laid.elements[1].element_id
    named = {target.degree_id for target in laid.begin.degree_targets}
    if booster in laid.new_ids and booster not in named and named & {behind, *laid.old_ids[:1]}:
        yield _finding(
            "degree-moved",
            laid.begin.element_id,
            f"the target of degree {laid.old_ids[0]!r} does not count, for a new booster stands "
            f"there; name the degree {booster!r}",
            field="degree_targets",
        )


def group_findings(
    group: LineGroup, settings: LineSettings, *, types: TypeColumns, basis: DesignBasis
) -> Iterator[Finding]:
    """What the amplifiers of a group of OMSs do not reach.

    Parameters
    ----------
    group
        OMSs with equally many bands.
    settings
        Of every amplifier, axes [OMS, place, band].
    types
        Columns of all types, axis [type].
    basis
        Library and rules.
    """
    there = (np.arange(settings.kind.shape[1]) < group.count[:, None])[..., None]
    kind = settings.kind
    settable = settings.is_settable
    stated, typed = group.kind != NO_TYPE, (kind != NO_TYPE) & settable
    extended_db = basis.span.extended_gain_db
    asked_db = settings.gain_db
    over = asked_db - types.gain_flatmax_db[kind] - extended_db > _TOLERANCE_DB
    under = asked_db - types.gain_min_db[kind] < 0.0
    raman = types.is_raman[kind] & ~group.takes_raman[..., None]
    words = {
        "no-amplifier": (
            kind == NO_TYPE,
            (
                "no amplifier of the equipment serves its band within the restrictions; allow one "
                "for design"
            ),
        ),
        "power-reduced": (
            typed & (settings.reduction_db < -_REDUCTION_TOLD_DB),
            (
                "no amplifier gives the gain and power that its span wants; it gives "
                "{short:.2f} dB less"
            ),
        ),
        "padded-input": (
            typed & ~stated & settings.is_padded,
            (
                "its gain of {gain:.2f} dB is below the least of every amplifier; its input is "
                "padded, and noisier"
            ),
        ),
        "impossible-gain": (
            typed & stated & over,
            ("its gain of {gain:.2f} dB is more than {type!r} gives"),
        ),
        "gain-below-minimum": (
            typed & stated & under,
            (
                "its gain of {gain:.2f} dB is less than {type!r} needs; its input is padded, and "
                "noisier"
            ),
        ),
        "raman-after-loss": (
            typed & stated & raman,
            ("{type!r} is a Raman amplifier, but the fibre before it loses too much for one"),
        ),
    }
    for code, (mask, text) in words.items():
        yield from _told(group, settings, types=types, mask=mask & there, words=(code, text))
    yield from _lossy_findings(group, ~settable.all(axis=2) & there[..., 0])
    yield from _target_findings(group, settings, basis)


def _lossy_findings(
    group: LineGroup, mask: Bool[np.ndarray, "section amplifier"]
) -> Iterator[Finding]:
    """Spans whose loss asks for a gain that no amplifier has; the worst of each OMS."""
    for index in np.flatnonzero(mask.any(axis=1)).tolist():
        spanned = group.sections[index].spanned
        place = int(mask[index].argmax())
        run = int(group.loss_db[index, : place + 1].argmax())
        amplifier = spanned.amplifiers[place].element_id
        losses = [loss for one in spanned.runs[run].elements for loss in _losses(one)]
        _, element_id, field = max(losses, default=(0.0, amplifier, "settings.gain_db"))
        yield _finding(
            "span-too-lossy",
            element_id,
            f"its span loses {group.loss_db[index, run]:.1f} dB, and no amplifier has the gain "
            f"that {amplifier!r} then needs; lose less",
            field=field,
            severity=Severity.ERROR,
        )


def _losses(element: Fibre | Fused) -> Iterator[tuple[float, ElementId, str]]:
    """What an element loses where [dB]; fibre at its worst frequency."""
    key = element.element_id
    if isinstance(element, Fused):
        yield element.loss_db, key, "loss_db"
        return
    loss = element.loss_db_per_km
    worst = max(loss.values) if isinstance(loss, SpectralProfile) else loss
    yield worst * element.length_km, key, "loss_db_per_km"
    for field in ("connector_in_db", "connector_out_db", "padding_db"):
        yield getattr(element, field) or 0.0, key, field
    yield sum((one.loss_db for one in element.lumped_losses), start=0.0), key, "lumped_losses"


def _told(
    group: LineGroup,
    settings: LineSettings,
    *,
    types: TypeColumns,
    mask: Bool[np.ndarray, "section amplifier band"],
    words: tuple[str, str],
) -> Iterator[Finding]:
    code, text = words
    for section, place, band in np.argwhere(mask).tolist():
        at = (section, place, band)
        amplifier = group.sections[section].spanned.amplifiers[place]
        kind = int(settings.kind[at])
        message = text.format(
            gain=float(settings.gain_db[at]),
            short=-float(settings.reduction_db[at]),
            type="" if kind == NO_TYPE else types.type_ids[kind],
        )
        severity = Severity.ERROR if code in _ERRORS else Severity.WARNING
        yield _finding(
            code, amplifier.element_id, message, field="settings.gain_db", severity=severity
        )


def _target_findings(
    group: LineGroup, settings: LineSettings, basis: DesignBasis
) -> Iterator[Finding]:
    """ROADMs that get less power from a line than they are to send on."""
    for index, section in enumerate(group.sections):
        end, last = section.spanned.laid.end, int(group.count[index]) - 1
        if isinstance(end, Roadm):
            leaving_db = settings.offset_db[index, last] - settings.voa_db[index, last]
            arriving_dbm = basis.spectrum.power_dbm + float(leaving_db.min())
            arriving_dbm -= float(group.loss_db[index, last + 1])
            yield from _target_finding(end, section, arriving_dbm=arriving_dbm, basis=basis)


def bare_target_findings(sections: Sequence[LitSection], basis: DesignBasis) -> Iterator[Finding]:
    """The same of lines without amplifiers."""
    for section in sections:
        end = section.spanned.laid.end
        if not section.spanned.amplifiers and isinstance(end, Roadm):
            arriving_dbm = launch_dbm(section.spanned.laid, basis)
            arriving_dbm -= section.spanned.runs[0].loss_db
            yield from _target_finding(end, section, arriving_dbm=arriving_dbm, basis=basis)


def _target_finding(
    roadm: Roadm, section: LitSection, *, arriving_dbm: float, basis: DesignBasis
) -> Iterator[Finding]:
    """Whether a line brings a ROADM the most that one of its degrees is to send on."""
    figures = roadm_figures(roadm, basis.library)
    targets = (figures.target, *(target for _, target in figures.targets))
    wanted_dbm = max(channel_dbm(target, basis.spectrum) for target in targets)
    if arriving_dbm < wanted_dbm - _TARGET_TOLERANCE_DB:
        elements = section.spanned.laid.elements
        from_id = elements[-1].element_id if elements else section.spanned.laid.begin.element_id
        yield _finding(
            "target-not-met",
            roadm.element_id,
            f"channels come from {from_id!r} with {arriving_dbm:.2f} dBm, less than the "
            f"{wanted_dbm:.2f} dBm that a degree is to send on; lower its target, or lose less",
            field="target",
        )


def _finding(
    code: str,
    element_id: ElementId,
    message: str,
    *,
    field: str | None = None,
    severity: Severity = Severity.WARNING,
) -> Finding:
    place = Place(table="elements", record=element_id, field=field)
    return Finding(code=code, place=place, message=message, severity=severity)
