"""The sites of a way, and fill of containers."""

import pytest

from karakoram.engines.multiplex import (
    ContainerFill,
    SlotClaim,
    Tributary,
    client_signal,
    container_fill,
    sites_along,
)
from tests.support.groomings import container

LINE = (container("ODU3", 0, 1), container("ODU4", 2, 1))


def tributary(client, a_site, z_site, *claims):
    return Tributary(
        client=client,
        a_site=a_site,
        z_site=z_site,
        claims=tuple(SlotClaim(container=number, slots=tuple(slots)) for number, slots in claims),
    )


@pytest.mark.parametrize(
    ("one", "message"),
    [
        (tributary("ODU0", 1, 0, (1, [0])), "leads from 1 to 0"),
        (tributary("ODU0", 0, 2, (1, [0])), "container 1 does not begin at site 0"),
        (tributary("ODU0", 0, 0, (0, [0]), (0, [1])), "each once"),
    ],
)
def test_a_way_leads_from_its_first_site_to_its_last(one, message):
    with pytest.raises(ValueError, match=message):
        sites_along(LINE, one)


def test_sites_stand_in_the_order_of_the_way():
    assert sites_along(LINE, tributary("ODU0", 2, 0, (1, [0]), (0, [0]))) == (2, 1, 0)


@pytest.mark.parametrize(
    ("one", "client", "fill"),
    [
        (container("VC-4", 0, 1), "E3", (0, 63, 3, 0, 0.0)),
        (container("VC-4", 0, 1, used=(0, 21)), "E3", (2, 61, 1, 40, 0.5)),
        (container("VC-4", 0, 1, used=(0, 21)), "E1", (2, 61, 61, 0, 0.0)),
        (container("VC-4", 0, 1), "ODU0", (0, 63, 0, 63, 0.0)),
        (container("ODU4", 0, 1, used=range(60)), "ODU3", (60, 20, 0, 20, 0.0)),
        (container("ODU4", 0, 1), "ODU3", (0, 80, 2, 18, 0.0)),
        (container("ODUC1", 0, 1, used=range(4), tributaries=4), "ODU0", (4, 16, 6, 10, 0.0)),
        (container("E1", 0, 1, used=(3, 9, 15)), "10x64k-c", (3, 28, 1, 18, 0.5)),
    ],
)
def test_what_is_free_is_of_use_or_stranded(one, client, fill):
    (found,) = container_fill([one], client=client_signal(client))
    used, free, fitting, stranded, fragmentation = fill
    assert found == ContainerFill(
        used_slots=used,
        free_slots=free,
        tributaries_that_fit=fitting,
        stranded_slots=stranded,
        fragmentation=fragmentation,
    )
