"""How much faster is the exact service unavailability than enumerating all component states?

Prints CPU seconds of both, measured in this run on one problem, and their ratio; then the time
for a service of the corridor's size, which no enumeration could finish.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from karakoram.engines.availability import service_unavailability, unavailability_contribution

SEED = 20261122
COMPONENTS = 14
PATHS = 3


def enumerated_unavailability(unavailability: np.ndarray, *, incidence: np.ndarray) -> float:
    """Every one of 2^n component states, vectorised: the peer."""
    is_down = (np.arange(1 << unavailability.size)[:, None] >> np.arange(unavailability.size)) & 1
    probability = np.where(is_down == 1, unavailability, 1.0 - unavailability).prod(axis=1)
    paths_down = np.stack([(is_down[:, row] == 1).any(axis=1) for row in incidence])
    return float(probability[paths_down.all(axis=0)].sum())


def cpu_s(compute: Callable[[], object], *, repeats: int) -> float:
    """Median CPU time of one call [s]."""
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        compute()
        taken.append(time.process_time() - start)
    return float(np.median(taken))


def corridor_like_service() -> tuple[np.ndarray, np.ndarray]:
    """Two paths of 70 spans, sites and risk groups each, 12 of them shared."""
    incidence = np.zeros((2, 128), dtype=bool)
    incidence[0, :70] = True
    incidence[1, 58:] = True
    return np.full(128, 2e-4), incidence


def main() -> None:
    rng = np.random.default_rng(SEED)
    unavailability = 10.0 ** rng.uniform(-6.0, -1.0, COMPONENTS)
    incidence = rng.integers(2, size=(PATHS, COMPONENTS)) == 1

    ours = service_unavailability(unavailability, incidence=incidence)
    peer = enumerated_unavailability(unavailability, incidence=incidence)
    ours_s = cpu_s(
        lambda: [service_unavailability(unavailability, incidence=incidence) for _ in range(500)],
        repeats=5,
    )
    peer_s = cpu_s(
        lambda: enumerated_unavailability(unavailability, incidence=incidence), repeats=5
    )
    one_s = ours_s / 500
    u, paths = corridor_like_service()
    corridor_s = cpu_s(
        lambda: [service_unavailability(u, incidence=paths) for _ in range(500)], repeats=5
    )
    importance_s = cpu_s(
        lambda: [unavailability_contribution(u, incidence=paths) for _ in range(500)], repeats=5
    )
    sys.stdout.write(
        f"availability: {COMPONENTS} components on {PATHS} paths, "
        f"relative difference {abs(ours / peer - 1.0):.1e}\n"
        f"  classes of paths   {one_s * 1e6:10.1f} us\n"
        f"  enumeration (peer) {peer_s * 1e6:10.1f} us, ratio {peer_s / one_s:.0f}\n"
        f"  1+1 service of 128 components {corridor_s / 500 * 1e6:.1f} us, "
        f"with the cost of each component {(corridor_s + importance_s) / 500 * 1e6:.1f} us\n"
    )


if __name__ == "__main__":
    main()
