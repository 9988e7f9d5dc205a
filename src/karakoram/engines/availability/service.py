"""How often is a service down that has several paths, when the paths share components?

The service is up while one path is up; a path is up while all its components are. What matters
about a failed component is only *which paths it takes down*: its signature, one bit per path.
Components of one signature are merged into a class, and the probability of every set of paths
down is built up class by class. Nothing but products and sums of non-negative numbers occurs,
so a service unavailability of 1e-15 is as accurate, relatively, as one of 0.1.
"""

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.engines.availability.components import demand_probabilities, log_up

PATHS_MAX = 12
"""Limit of the exact method: time and memory grow with two to the number of paths."""


def service_unavailability(
    unavailability: Float[np.ndarray, " component"],
    *,
    incidence: Bool[np.ndarray, "path component"],
) -> float:
    """Exact share of time that no path of the service is up [1].

    Components fail independently; one that several paths contain (a shared span, site or risk
    group) takes all of them down at once. With one component c common to two paths whose other
    components make them unavailable for U_1 and U_2 of the time, this is

        U = U_c + (1 - U_c) U_1 U_2

    Switching between paths is taken as immediate and perfect.

    Parameters
    ----------
    unavailability
        Unavailability of each component [1], 0 <= U <= 1, shape (component,).
    incidence
        Whether the path needs the component, shape (path, component); 1 to ``PATHS_MAX`` paths,
        in any order. A component that no path needs does not matter; a path that needs none is
        never down.

    Returns
    -------
    Unavailability of the service [1], 0 <= U <= 1.

    Raises
    ------
    ValueError
        If an unavailability is not between 0 and 1, or there are no or too many paths.

    Notes
    -----
    Let P(D) be the probability that exactly the paths D are down, 1 for the empty set before any
    component is looked at. A class with signature s and unavailability u changes it to

        P'(D) = (1 - u) P(D) + u sum_{C : C or s = D} P(C)

    and U is P(all paths) after the last class. For p paths and k classes, k <= 2^p - 1, this
    takes k 2^p steps. It is the factoring theorem [1] applied to whole classes, with the states
    that lead to one set of failed paths kept together.

    References
    ----------
    .. [1] R. E. Barlow and F. Proschan, *Statistical Theory of Reliability and Life Testing*,
       Holt, Rinehart and Winston, 1975, chapters 1 and 2 (pivotal decomposition).

    Examples
    --------
    >>> two_paths = np.array([[True, True, False], [True, False, True]])
    >>> round(service_unavailability(np.array([0.1, 0.2, 0.5]), incidence=two_paths), 12)
    0.19
    """
    demand_probabilities(unavailability)
    signature = path_signatures(incidence)
    down = class_unavailability(unavailability, signature, path_count=len(incidence))
    # Rounding may carry a certain outage one unit in the last place beyond 1.
    return min(float(down_set_probability(down)[-1]), 1.0)


def path_signatures(
    incidence: Bool[np.ndarray, "path component"],
) -> Int[np.ndarray, " component"]:
    """Which paths the failure of each component takes down, as an integer: bit i is path i.

    Parameters
    ----------
    incidence
        Whether the path needs the component, shape (path, component).

    Returns
    -------
    Signature of each component, 0 to 2^p - 1 for p paths, shape (component,).

    Raises
    ------
    ValueError
        If there are no paths, or more than the exact method can handle.

    Examples
    --------
    >>> path_signatures(np.array([[True, True, False], [True, False, True]])).tolist()
    [3, 1, 2]
    """
    path_count = len(incidence)
    if not 1 <= path_count <= PATHS_MAX:
        raise ValueError(f"a service must have 1 to {PATHS_MAX} paths, got {path_count}")
    bits = np.int64(1) << np.arange(path_count, dtype=np.int64)
    return np.asarray(bits @ incidence.astype(np.int64))


def class_unavailability(
    unavailability: Float[np.ndarray, " component"],
    signature: Int[np.ndarray, " component"],
    *,
    path_count: int,
) -> Float[np.ndarray, " signature"]:
    """Probability that some component of each signature is down [1].

    Components fail independently, so those of one signature s are in series:
    u_s = 1 - prod_i (1 - U_i).

    Parameters
    ----------
    unavailability
        Unavailability of each component [1], 0 <= U <= 1, shape (component,).
    signature
        Paths that the failure of each component takes down, from ``path_signatures``.
    path_count
        Number of paths p.

    Returns
    -------
    One entry for each of the 2^p signatures [1], 0 where no component has it.
    """
    log_up_of_class = np.bincount(
        signature, weights=log_up(unavailability), minlength=1 << path_count
    )
    return np.asarray(-np.expm1(log_up_of_class))


def down_set_probability(
    class_down: Float[np.ndarray, " signature"],
) -> Float[np.ndarray, " signature"]:
    """Probability that exactly the paths of each bit set are down [1]; the last is all of them.

    Parameters
    ----------
    class_down
        Probability that each class has a failed component [1], shape (signature,), 2^p entries;
        entry 0, the components that no path needs, is ignored.

    Returns
    -------
    Probability of each set of paths down [1], shape (signature,); the entries sum to 1. See the
    notes of ``service_unavailability`` for the formula.
    """
    down_sets = np.arange(class_down.size)
    probability = np.zeros(class_down.size)
    probability[0] = 1.0
    for signature in np.flatnonzero(class_down[1:]) + 1:
        down = class_down[signature]
        reached = np.bincount(
            down_sets | signature, weights=down * probability, minlength=down_sets.size
        )
        probability = (1.0 - down) * probability + reached
    return probability
