"""What does each element of a path do to the channels in hand?"""

from collections.abc import Iterator

from karakoram.core.units import linear_from_db
from karakoram.engines.optics.amplifier_types import PreparedAmplifiers, prepared_amplifiers
from karakoram.engines.optics.chain import LossPassage, Passage
from karakoram.engines.optics.fibre_passage import (
    PreparedFibre,
    PumpedFibrePassage,
    fibre_passage,
    prepared_fibre,
)
from karakoram.engines.optics.method import RamanModel
from karakoram.engines.optics.raman_boundary import RamanCollocation
from karakoram.network.photonic.elements import (
    Amplifier,
    Fibre,
    Fused,
    MultibandAmplifier,
    Roadm,
)
from karakoram.network.photonic.figures import fibre_figures, roadm_figures
from karakoram.planning.photonic.amplifier_columns import amplifier_passage, multiband_passage
from karakoram.planning.photonic.fibre_columns import Glass, fibre_piece, fibre_pumps, glass
from karakoram.planning.photonic.path_bands import AmplifierKinds
from karakoram.planning.photonic.path_ways import LitPath
from karakoram.planning.photonic.roadm_columns import roadm_passage


def path_passages(light: LitPath, kinds: AmplifierKinds) -> tuple[Passage, ...]:
    """The ways through the elements between the ends of a path that has no findings.

    Kernels are computed once for each kind of glass, libraries once for each type of amplifier.
    """
    return tuple(_passages(light, kinds))


def _passages(light: LitPath, kinds: AmplifierKinds) -> Iterator[Passage]:
    fibres: dict[object, PreparedFibre] = {}
    amplifiers: dict[object, PreparedAmplifiers] = {}
    for place, element in enumerate(light.elements[1:-1], start=1):
        match element:
            case Fibre():
                yield _through_fibre(light, element, known=fibres)
            case Amplifier(amplifier_type_id=type_id, settings=settings):
                assert type_id is not None, "missing types are found before"
                kind = kinds[type_id]
                if type_id not in amplifiers:
                    amplifiers[type_id] = prepared_amplifiers([kind], light.lit.columns)
                yield amplifier_passage(amplifiers[type_id], kind, settings)
            case MultibandAmplifier():
                yield multiband_passage(element, kinds=kinds, lit=light.lit)
            case Roadm():
                figures = roadm_figures(element, light.library)
                target = figures.target_of(light.path[place + 1])
                yield roadm_passage(light.roadm_bands(place), target, light.lit)
            case Fused(loss_db=loss_db):
                yield LossPassage(loss=linear_from_db(loss_db))
            case _:
                raise AssertionError("light passes no transceiver")


def _through_fibre(light: LitPath, fibre: Fibre, *, known: dict[object, PreparedFibre]) -> Passage:
    figures = fibre_figures(fibre, light.library)
    frequency_hz = light.lit.frequency_hz
    made_of = glass(figures, frequency_hz)
    if made_of.key not in known:
        known[made_of.key] = _prepared(light, made_of)
    prepared, piece = known[made_of.key], fibre_piece(figures, frequency_hz)
    if figures.raman_pumping is None:
        return fibre_passage(prepared, piece)
    return PumpedFibrePassage(
        fibre=prepared,
        piece=piece,
        comb=light.lit.comb,
        pumps=fibre_pumps(figures, made_of, frequency_hz),
        solver=RamanCollocation(),
    )


def _prepared(light: LitPath, made_of: Glass) -> PreparedFibre:
    gain_per_w_m = None
    if light.method.raman is not RamanModel.NONE:
        gain_per_w_m = made_of.raman_gain_per_w_m(light.lit.frequency_hz)
    return prepared_fibre(
        made_of.fibre_type, light.lit.comb, light.method, raman_gain_per_w_m=gain_per_w_m
    )
