"""Which component costs a service how many minutes a year?"""

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.availability.components import demand_probabilities, log_up
from karakoram.engines.availability.service import (
    class_unavailability,
    down_set_probability,
    path_signatures,
)


def birnbaum_importance(
    unavailability: Float[np.ndarray, " component"],
    *,
    incidence: Bool[np.ndarray, "path component"],
) -> Float[np.ndarray, " component"]:
    """Probability that the service is up or down according to this component alone [1].

    It is the slope of the service's unavailability in that of the component,

        I_i = dU / dU_i = U(i down) - U(i up)

    but computed as the probability that the others leave component i critical, without the
    subtraction: no other component with the same signature is down, and the paths that the other
    signatures take down are all of them together with the paths of i, yet not without.

    Parameters
    ----------
    unavailability
        Unavailability of each component [1], 0 <= U <= 1, shape (component,).
    incidence
        Whether the path needs the component, shape (path, component); 1 to ``PATHS_MAX`` paths.

    Returns
    -------
    Importance of each component [1], 0 <= I <= 1, shape (component,).

    Raises
    ------
    ValueError
        If an unavailability is not between 0 and 1, or there are no or too many paths.

    References
    ----------
    .. [1] Z. W. Birnbaum, "On the importance of different components in a multicomponent
       system", in *Multivariate Analysis II*, Academic Press, 1969, pp. 581-592.

    Examples
    --------
    >>> birnbaum_importance(
    ...     np.array([0.1, 0.2, 0.5]),
    ...     incidence=np.array([[True, True, False], [True, False, True]]),
    ... ).round(6).tolist()
    [0.9, 0.45, 0.18]
    """
    demand_probabilities(unavailability)
    signature = path_signatures(incidence)
    class_down = class_unavailability(unavailability, signature, path_count=len(incidence))
    critical = np.zeros(class_down.size)
    for candidate in np.unique(signature):
        critical[candidate] = _criticality(class_down, candidate=int(candidate))
    return np.asarray(critical[signature] * _rest_of_class_up(unavailability, signature))


def unavailability_contribution(
    unavailability: Float[np.ndarray, " component"],
    *,
    incidence: Bool[np.ndarray, "path component"],
) -> Float[np.ndarray, " component"]:
    """Unavailability that the service would lose if this component never failed [1].

    Because U is linear in every U_i, this is exactly

        U - U(i never fails) = I_i U_i

    Contributions do not add up to U: an outage that needs two failures would end with either
    of them gone, so both components are charged with it.

    Parameters
    ----------
    unavailability
        Unavailability of each component [1], 0 <= U <= 1, shape (component,).
    incidence
        Whether the path needs the component, shape (path, component); 1 to ``PATHS_MAX`` paths.

    Returns
    -------
    Unavailability charged to each component [1], shape (component,).

    Raises
    ------
    ValueError
        If an unavailability is not between 0 and 1, or there are no or too many paths.

    Examples
    --------
    >>> unavailability_contribution(
    ...     np.array([0.1, 0.2, 0.5]),
    ...     incidence=np.array([[True, True, False], [True, False, True]]),
    ... ).round(6).tolist()
    [0.09, 0.09, 0.09]
    """
    return np.asarray(unavailability * birnbaum_importance(unavailability, incidence=incidence))


def _criticality(class_down: Float[np.ndarray, " signature"], *, candidate: int) -> float:
    """Probability that the other classes leave the service up, but down without the candidate."""
    others_down = class_down.copy()
    others_down[candidate] = 0.0
    down_sets = np.arange(class_down.size)
    all_paths = class_down.size - 1
    is_critical = ((down_sets | candidate) == all_paths) & (down_sets != all_paths)
    return float(down_set_probability(others_down)[is_critical].sum())


def _rest_of_class_up(
    unavailability: Float[np.ndarray, " component"], signature: Int[np.ndarray, " component"]
) -> Float[np.ndarray, " component"]:
    """Probability that all others with the component's own signature are up [1]."""
    # Certain failures are counted apart: their logarithm, -inf, could not be taken off again.
    is_certain = unavailability == 1.0
    log_up_if_any = log_up(np.where(is_certain, 0.0, unavailability))
    log_up_of_class = np.bincount(signature, weights=log_up_if_any)
    certain_of_class = np.bincount(signature, weights=is_certain)
    others_certain = certain_of_class[signature] > is_certain
    others_up = np.exp(log_up_of_class[signature] - log_up_if_any)
    return np.where(others_certain, 0.0, others_up)
