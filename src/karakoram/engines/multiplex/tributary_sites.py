"""Which sites does a tributary come by, on the containers that it claims?"""

from collections.abc import Sequence

from karakoram.engines.multiplex.containers import (
    ServerContainer,
    Tributary,
)


def sites_along(containers: Sequence[ServerContainer], one: Tributary) -> tuple[int, ...]:
    """The sites that a tributary comes by, first and last included.

    Raises
    ------
    ValueError
        If its containers do not lead from its first site to its last, each site once.
    """
    sites = [one.a_site]
    for claim in one.claims:
        container = containers[claim.container]
        if sites[-1] not in {container.a_site, container.z_site}:
            raise ValueError(f"container {claim.container} does not begin at site {sites[-1]}")
        is_forward = container.a_site == sites[-1]
        sites.append(container.z_site if is_forward else container.a_site)
    if sites[-1] != one.z_site or len(set(sites)) < len(sites):
        raise ValueError(f"a way leads from {one.a_site} to {one.z_site}, each once, got {sites}")
    return tuple(sites)
