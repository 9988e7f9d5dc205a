"""By which models of the engines is light to be computed?"""

from karakoram.engines.optics.analytic_gn import AnalyticGn
from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.isrs_gn import IsrsGn
from karakoram.engines.optics.method import PropagationMethod, RamanModel
from karakoram.engines.optics.nonlinear import NonlinearModel
from karakoram.network.photonic.simulation import NonlinearMethod, SimulationSettings


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

    How finely GNPy's solvers step is not taken over: ours converge by themselves. All channels
    are computed, also where settings ask for a few and interpolation.

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
    return PropagationMethod(
        nonlinear=_model(chosen_nonlinear(settings, nonlinear), scatters=is_on),
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
