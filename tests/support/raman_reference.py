"""What do two independent solvers say of waves that cross a fibre both ways?

Both work on dP/dz itself, in the logarithm of power, with the adaptive methods of scipy, and
share no code with the engine.
"""

import itertools

import numpy as np
from scipy.integrate import solve_bvp, solve_ivp

SWEEPS = 25
"""Enough where the pumps are not depleted by much more than half."""


def boundary_value_log_power(*, launch_w, is_counter, alpha_per_m, length_m, gain, tolerance=1e-7):
    """log(P) of every wave as a function of position, by collocation with an adaptive mesh."""
    sign = np.where(is_counter, -1.0, 1.0)
    start = np.log(launch_w)
    scale_m = length_m

    def slope(_, log_power):
        return scale_m * sign[:, None] * (-alpha_per_m[:, None] + gain @ np.exp(log_power))

    def jacobian(_, log_power):
        return scale_m * sign[:, None, None] * gain[:, :, None] * np.exp(log_power)[None]

    def boundary(near, far):
        return np.where(is_counter, far, near) - start

    def boundary_jacobian(near, far):
        return np.diag(np.where(is_counter, 0.0, 1.0)), np.diag(np.where(is_counter, 1.0, 0.0))

    place = np.linspace(0.0, 1.0, 60)
    travelled = np.where(is_counter[:, None], 1.0 - place, place) * length_m
    guess = start[:, None] - alpha_per_m[:, None] * travelled
    # The pumps are switched on in steps: Newton's method needs a good guess.
    pumps = launch_w > 0.05
    for part in (0.05, 0.3, 0.6, 1.0):
        start = np.log(np.where(pumps, part * launch_w, launch_w))
        solution = solve_bvp(
            slope,
            boundary,
            place,
            guess,
            fun_jac=jacobian,
            bc_jac=boundary_jacobian,
            tol=tolerance if part == 1.0 else 1e-3,
            max_nodes=5_000,
        )
        assert solution.status == 0, solution.message
        place, guess = solution.x, solution.y
    return lambda position_m: solution.sol(position_m / scale_m)


def swept_log_power(*, launch_w, is_counter, alpha_per_m, edges_m, lumped_loss, gain):
    """log(P) at the edges of the segments, by sweeping forwards and backwards in turn.

    Waves of one direction are integrated through the fibre while those of the other stand
    still at what the last sweep left; a lumped loss is a step between two segments.
    """
    ahead, back = np.flatnonzero(~is_counter), np.flatnonzero(is_counter)
    drops = np.log(lumped_loss)
    segments = list(itertools.pairwise(edges_m))
    still = [lambda _: np.full(back.size, -np.inf)] * len(segments)

    def integrated(moving, others, others_log_power, *, span, start, sign):
        def slope(position_m, log_power):
            pumped = gain[np.ix_(moving, moving)] @ np.exp(log_power)
            pumped = pumped + gain[np.ix_(moving, others)] @ np.exp(others_log_power(position_m))
            return sign * (-alpha_per_m[moving] + pumped)

        return solve_ivp(
            slope, span, start, method="DOP853", rtol=1e-9, atol=1e-9, dense_output=True
        )

    for _ in range(SWEEPS):
        state, ahead_runs = np.log(launch_w[ahead]), []
        for index, (near_m, far_m) in enumerate(segments):
            run = integrated(ahead, back, still[index], span=(near_m, far_m), start=state, sign=1)
            ahead_runs.append(run.sol)
            state = run.y[:, -1] - (drops[index] if index < drops.size else 0.0)
        output = state
        state, still = np.log(launch_w[back]), []
        for index, (near_m, far_m) in reversed(list(enumerate(segments))):
            run = integrated(
                back, ahead, ahead_runs[index], span=(far_m, near_m), start=state, sign=-1
            )
            still.insert(0, run.sol)
            state = run.y[:, -1] - (drops[index - 1] if index > 0 else 0.0)
    result = np.empty(is_counter.size)
    result[ahead], result[back] = output, state
    return result
