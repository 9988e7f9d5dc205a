"""By which models of the engines is light to be computed?"""

from karakoram.engines.optics.analytic_gn import AnalyticGn
from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod, RamanModel
from karakoram.engines.optics.nonlinear import NonlinearModel
from karakoram.network.photonic.simulation import NonlinearMethod, SimulationSettings


def propagation_method(settings: SimulationSettings | None, *, scatters: bool) -> PropagationMethod:
    """The models that settings ask for; without any the analytic GN model.

    How finely GNPy's solvers step is not taken over: ours converge by themselves. All channels
    are computed, also where settings ask for a few and interpolation.

    Parameters
    ----------
    settings
        As read from a file of simulation parameters.
    scatters
        Whether stimulated Raman scattering may be computed at all.
    """
    if settings is None:
        return DEFAULT_METHOD if scatters else PropagationMethod(raman=RamanModel.NONE)
    is_on = scatters and settings.scattering.is_on
    return PropagationMethod(
        nonlinear=_model(settings.interference.method),
        raman=RamanModel.STIMULATED if is_on else RamanModel.NONE,
    )


def _model(method: NonlinearMethod) -> NonlinearModel:
    match method:
        case NonlinearMethod.GN_ANALYTIC:
            return AnalyticGn()
        case NonlinearMethod.GENERALISED_GN_SEPARATED:
            return SeparatedGeneralisedGn()
        case NonlinearMethod.GENERALISED_GN_APPROXIMATE:
            return GeneralisedGn()
