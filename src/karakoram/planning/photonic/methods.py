"""By which models of the engines is light to be computed?"""

import numpy as np
from jaxtyping import Float

from karakoram.core.findings import Finding, Place
from karakoram.engines.optics.analytic_gn import AnalyticGn
from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.method import DEFAULT_METHOD, PropagationMethod, RamanModel
from karakoram.engines.optics.nonlinear import NonlinearModel
from karakoram.network.photonic.simulation import NonlinearMethod, SimulationSettings


def propagation_method(
    settings: SimulationSettings | None, *, scatters: bool, roll_off: float
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
    roll_off
        Of the channels' spectra [1].
    """
    if settings is None:
        return DEFAULT_METHOD if scatters else PropagationMethod(raman=RamanModel.NONE)
    is_on = scatters and settings.scattering.is_on
    return PropagationMethod(
        nonlinear=_model(settings.interference.method, roll_off),
        raman=RamanModel.STIMULATED if is_on else RamanModel.NONE,
    )


def _model(method: NonlinearMethod, roll_off: float) -> NonlinearModel:
    match method:
        case NonlinearMethod.GN_ANALYTIC:
            return AnalyticGn()
        case NonlinearMethod.GENERALISED_GN_SEPARATED:
            return SeparatedGeneralisedGn(roll_off=roll_off)
        case NonlinearMethod.GENERALISED_GN_APPROXIMATE:
            return GeneralisedGn(roll_off=roll_off)


def roll_off_findings(
    settings: SimulationSettings | None, roll_off: Float[np.ndarray, " channel"]
) -> tuple[Finding, ...]:
    """Spectra whose channels are shaped differently, where the model takes one shape for all."""
    is_free = settings is None or settings.interference.method is NonlinearMethod.GN_ANALYTIC
    if is_free or bool((roll_off == roll_off[0]).all()):
        return ()
    return (
        Finding(
            code="several-roll-offs",
            place=Place(table="spectrum", field="roll_off"),
            message=f"roll-offs from {roll_off.min():g} to {roll_off.max():g} stand side by side; "
            "the generalised GN models take one for all channels: state one, or use the analytic "
            "GN model",
        ),
    )
