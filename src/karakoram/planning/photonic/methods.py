"""By which models of the engines is light to be computed?"""

from karakoram.core.findings import Finding, Place, Severity
from karakoram.engines.optics.analytic_gn import AnalyticGn
from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.isrs_gn import IsrsGn
from karakoram.engines.optics.method import PropagationMethod, RamanModel
from karakoram.engines.optics.nonlinear import NonlinearModel
from karakoram.engines.optics.profiled_gn import ProfiledGn
from karakoram.engines.optics.stepped_gn import SteppedGn
from karakoram.network.photonic.simulation import NonlinearMethod, SimulationSettings

_INTERPOLATED = (
    NonlinearMethod.GENERALISED_GN_SEPARATED,
    NonlinearMethod.GENERALISED_GN_APPROXIMATE,
)


def chosen_nonlinear(
    settings: SimulationSettings | None, asked: NonlinearMethod | None = None
) -> NonlinearMethod:
    """The model of interference: what is asked for, else that of the settings, else analytic GN.

    >>> chosen_nonlinear(None).value
    'gn_model_analytic'
    """
    if asked is not None:
        return asked
    return NonlinearMethod.GN_ANALYTIC if settings is None else settings.interference.method


def propagation_method(
    settings: SimulationSettings | None,
    *,
    scatters: bool,
    nonlinear: NonlinearMethod | None = None,
) -> PropagationMethod:
    """The models that settings ask for; without any the analytic GN model.

    Ours converge by themselves, whatever steps a file states. Only where settings ask for a few
    channels and interpolation the generalised models do as GNPy does: those channels, and power
    along the fibre at the steps of the file.

    Parameters
    ----------
    settings
        As read from a file of simulation parameters.
    scatters
        Whether stimulated Raman scattering may be computed at all.
    nonlinear
        A model of interference instead of that of the settings.
    """
    is_on = scatters and (settings is None or settings.scattering.is_on)
    model = _model(chosen_nonlinear(settings, nonlinear), scatters=is_on)
    if settings is not None and isinstance(model, ProfiledGn) and _asks_for_few(settings):
        asked = settings.interference
        model = SteppedGn(
            model=model,
            computed=tuple(number - 1 for number in asked.channels),
            computed_count=asked.channel_count,
            profile_step_m=settings.scattering.result_step_km * 1e3 if is_on else None,
        )
    return PropagationMethod(
        nonlinear=model,
        raman=RamanModel.STIMULATED if is_on else RamanModel.NONE,
    )


def _model(method: NonlinearMethod, *, scatters: bool) -> NonlinearModel:
    match method:
        case NonlinearMethod.GN_ANALYTIC:
            return AnalyticGn()
        case NonlinearMethod.GENERALISED_GN_SEPARATED:
            return SeparatedGeneralisedGn()
        case NonlinearMethod.GENERALISED_GN_APPROXIMATE:
            return GeneralisedGn()
        case NonlinearMethod.ISRS_GN_CLOSED_FORM:
            # Element by element every span stands alone: nothing is there to be coherent with.
            return IsrsGn(raman_slope_per_w_m_hz=None if scatters else 0.0, coherent=False)


def _asks_for_few(settings: SimulationSettings) -> bool:
    """Whether settings ask for some channels to be computed and the others interpolated."""
    asked = settings.interference
    return bool(asked.channels) or asked.channel_count is not None


def interpolation_findings(
    settings: SimulationSettings | None, *, method: NonlinearMethod, channel_count: int
) -> tuple[Finding, ...]:
    """What there is to say of settings that ask for a few channels of so many.

    An error where they name one that is not there, otherwise a warning that the others are
    interpolated. Models in closed form compute every channel.
    """
    if settings is None or method not in _INTERPOLATED or not _asks_for_few(settings):
        return ()
    asked = settings.interference
    place = Place(table="simulation", field="interference.channels")
    if asked.channels and max(asked.channels) > channel_count:
        return (
            Finding(
                code="no-such-channel",
                place=place,
                message=f"channel {max(asked.channels)} is to be computed, but {channel_count} "
                "are lit; name channels from 1 to that",
            ),
        )
    count = asked.channel_count or len(set(asked.channels))
    if count >= channel_count:
        return ()
    return (
        Finding(
            code="interference-interpolated",
            place=place,
            message=f"interference is computed for {count} of {channel_count} channels and "
            "interpolated for the others, in the steps of the file; leave the computed channels "
            "out to have all of them computed exactly",
            severity=Severity.WARNING,
        ),
    )
