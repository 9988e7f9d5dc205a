"""What does light look like at every element of a path, and at its receiver?"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import Float

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.units import OSNR_BANDWIDTH_HZ, dbm_from_watt
from karakoram.engines.optics.chain import AmplifierPassage, Passage, states_along
from karakoram.engines.optics.channel_state import ChannelState, launched
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod
from karakoram.network.photonic.elements import (
    Amplifier,
    Element,
    Fibre,
    Fused,
    MultibandAmplifier,
    Roadm,
    Transceiver,
)
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.planning.photonic.lit_channels import LitChannels
from karakoram.planning.photonic.missing import missing_settings
from karakoram.planning.photonic.passages import path_passages
from karakoram.planning.photonic.path_bands import amplifier_kinds, no_channel_finding, passed
from karakoram.planning.photonic.path_ways import LitPath, light_findings, tilt_warnings
from karakoram.planning.photonic.propagation_records import (
    ChannelFigures,
    ElementFigures,
    PathPropagation,
)

_PS_PER_S = 1e12
_PS_PER_NM_FROM_S_PER_M = 1e3
_MS_PER_S = 1e3

_WORDS: Mapping[type[Element], str] = {
    Fibre: "Fiber",
    Amplifier: "Edfa",
    MultibandAmplifier: "Multiband_amplifier",
    Roadm: "Roadm",
    Fused: "Fused",
    Transceiver: "Transceiver",
}
"""As elements are named in GNPy's files, which is where users know them from."""


def propagated(
    network: PhotonicNetwork,
    library: PhotonicLibrary,
    *,
    path: Sequence[ElementId],
    spectrum: LitChannels,
    method: PropagationMethod = DEFAULT_METHOD,
) -> PathPropagation:
    """Light from the first to the last element of a path.

    Channels that some amplifier does not pass are not lit. Every element acts on what comes out
    of the one before; noise of the transmitter, and of add and drop paths that state an OSNR, is
    added at the receiver, as equipment is specified.

    Parameters
    ----------
    network, library
        A network in which ``validate`` finds no error, every setting on the path stated.
    path
        Elements in the order of light, from transceiver to transceiver.
    spectrum
        The channels asked for.
    method
        Models of interference and Raman scattering.

    Raises
    ------
    InvalidDataError
        With a finding for every setting that is missing, and for all that keeps light from
        running; each names the element and the field.
    """
    assert len(path) > 1, "a path has two ends"
    elements = tuple(network.elements[element_id] for element_id in path)
    kinds, impossible = amplifier_kinds(elements[1:-1], library)
    _refuse((*missing_settings(network, path), *impossible))
    through = passed(elements[1:-1], kinds, spectrum)
    if not through.any():
        raise InvalidDataError((no_channel_finding(elements[1:-1], kinds, spectrum),))
    light = LitPath(
        library=library,
        path=tuple(path),
        elements=elements,
        lit=spectrum.kept(through),
        method=method,
    )
    _refuse(light_findings(light))
    passages = path_passages(light, kinds)
    return _answer(
        light,
        passages,
        states=_states(light, passages),
        unlit_thz=tuple((spectrum.frequency_hz[~through] / 1e12).tolist()),
    )


def _refuse(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise InvalidDataError(findings)


def _states(light: LitPath, passages: Sequence[Passage]) -> tuple[ChannelState, ...]:
    """At the output of each element; what enters the receiver is what it receives."""
    lit = light.lit
    start = launched(lit.power_w[None], transmitter_osnr=lit.transmitter_osnr)
    try:
        states = states_along(passages, start)
    except ArithmeticError as refusal:
        pumped = [fibre for fibre in light.elements if isinstance(fibre, Fibre)]
        culprit = next((fibre for fibre in pumped if fibre.raman_pumping), light.elements[0])
        place = Place(table="elements", record=culprit.element_id, field="raman_pumping")
        finding = Finding(code="not-solved", place=place, message=str(refusal))
        raise InvalidDataError((finding,)) from refusal
    return (*states, states[-1])


def _answer(
    light: LitPath,
    passages: Sequence[Passage],
    *,
    states: tuple[ChannelState, ...],
    unlit_thz: tuple[float, ...],
) -> PathPropagation:
    rate_hz = light.lit.symbol_rate_hz
    end = states[-1]
    along = tuple(_element_figures(light, passages, states))
    return PathPropagation(
        path=light.path,
        frequency_thz=light.lit.frequency_hz / 1e12,
        labels=light.lit.labels,
        received=_channel_figures(
            end,
            rate_hz,
            gsnr=end.received_gsnr(rate_hz)[0],
            osnr=end.received_osnr(rate_hz)[0],
        ),
        latency_ms=along[-1].latency_ms,
        length_km=along[-1].position_km,
        elements=along,
        unlit_thz=unlit_thz,
        warnings=tilt_warnings(light),
    )


def _element_figures(
    light: LitPath, passages: Sequence[Passage], states: Sequence[ChannelState]
) -> Iterator[ElementFigures]:
    position_km = 0.0
    for place, (element, state) in enumerate(zip(light.elements, states, strict=True)):
        if isinstance(element, Fibre):
            position_km += element.length_km
        is_inner = 0 < place < len(light.elements) - 1
        passage = passages[place - 1] if is_inner else None
        before = states[place - 1] if is_inner else state
        yield ElementFigures(
            element_id=element.element_id,
            kind=_word(element),
            type_id=_type_id(element),
            position_km=position_km,
            latency_ms=float(state.latency_s[0]) * _MS_PER_S,
            channels=_channel_figures(
                state,
                light.lit.symbol_rate_hz,
                gsnr=state.shares.gsnr[0],
                osnr=state.shares.osnr[0],
            ),
            details=_details(element, passage, before),
        )


def _word(element: Element) -> str:
    if isinstance(element, Fibre) and element.raman_pumping is not None:
        return "RamanFiber"
    return _WORDS[type(element)]


def _type_id(element: Element) -> str | None:
    match element:
        case Fibre(fibre_type_id=type_id):
            return str(type_id)
        case Roadm(roadm_type_id=type_id):
            return str(type_id)
        case Amplifier(amplifier_type_id=type_id) | MultibandAmplifier(amplifier_type_id=type_id):
            return type_id
        case Transceiver(transceiver_type_id=type_id):
            return type_id
        case _:
            return None


def _details(element: Element, passage: Passage | None, before: ChannelState) -> dict[str, float]:
    if isinstance(element, Fibre):
        return {"length_km": element.length_km}
    if isinstance(passage, AmplifierPassage) and isinstance(element, Amplifier):
        seen = passage.amplification(before)
        noise_factor = float(seen.noise_factor.mean())
        details = {"gain_db": 10.0 * float(np.log10(seen.effective_gain[0]))}
        if noise_factor > 0.0:
            details["noise_figure_db"] = 10.0 * float(np.log10(noise_factor))
        return {**details, "output_voa_db": element.settings.output_voa_db or 0.0}
    return {"loss_db": element.loss_db} if isinstance(element, Fused) else {}


def _channel_figures(
    state: ChannelState,
    symbol_rate_hz: Float[np.ndarray, " channel"],
    *,
    gsnr: Float[np.ndarray, " channel"],
    osnr: Float[np.ndarray, " channel"],
) -> ChannelFigures:
    in_01nm_db = 10.0 * np.log10(symbol_rate_hz / OSNR_BANDWIDTH_HZ)
    gsnr_db, osnr_db = 10.0 * np.log10(gsnr), 10.0 * np.log10(osnr)
    return ChannelFigures(
        power_dbm=dbm_from_watt(state.power_w[0]),
        gsnr_db=gsnr_db,
        gsnr_01nm_db=gsnr_db + in_01nm_db,
        osnr_db=osnr_db,
        osnr_01nm_db=osnr_db + in_01nm_db,
        cd_ps_per_nm=state.dispersion_s_per_m[0] * _PS_PER_NM_FROM_S_PER_M,
        pmd_ps=state.pmd_s[0] * _PS_PER_S,
        pdl_db=state.pdl_db[0],
    )
