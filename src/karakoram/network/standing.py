"""Which type of amplifier and ROADM stands at each place of the network?

A record of ``equipment`` that is not retired says so; where there is none, as at derived huts
and for the booster and preamplifier of a ROADM, the type of the design rules is taken.
"""

from collections.abc import Mapping

from karakoram.core.identifiers import AmplifierTypeId, RoadmTypeId, SiteId
from karakoram.network.network import Network
from karakoram.network.records import EquipmentKind, Status
from karakoram.network.sections import Oms
from karakoram.refdata.equipment import AmplifierType, RoadmType


def standing_type_ids(network: Network, kind: EquipmentKind) -> dict[SiteId, str]:
    """The type that a record names, by site.

    Where several records do, the first in service counts, else the first of the table.

    Parameters
    ----------
    network
        Whose equipment is looked at; what is retired does not stand there any more.
    kind
        ROADMs or line amplifiers.
    """
    found: dict[SiteId, str] = {}
    of_kind = [item for item in network.equipment.values() if item.kind is kind]
    for counts in ({Status.IN_SERVICE}, {Status.OPTION, Status.PLANNED}):
        for item in of_kind:
            if item.status in counts:
                found.setdefault(item.site_id, item.type_id)
    return found


def standing_roadm_types(network: Network) -> dict[SiteId, RoadmType]:
    """The ROADM type of every site; that of the design rules where no record names one."""
    known, usual = network.library.roadm_types, network.rules.roadm_type_id
    named = standing_type_ids(network, EquipmentKind.ROADM)
    return {site_id: known[RoadmTypeId(named.get(site_id, usual))] for site_id in network.sites}


def line_amplifier_types(
    network: Network, oms: Oms, *, standing: Mapping[SiteId, str]
) -> tuple[AmplifierType, ...]:
    """Booster, line amplifiers and preamplifier of a line on land, in its direction of travel.

    Parameters
    ----------
    network
        For the library and the design rules.
    oms
        A line on land.
    standing
        Line amplifier types by site (:func:`standing_type_ids`).

    Returns
    -------
    One type more than the line has sections, in travel order.
    """
    rules, known = network.rules, network.library.amplifier_types
    between = (
        rules.line_amplifier_type_id
        if section.z_place.site_id is None
        else standing.get(section.z_place.site_id, rules.line_amplifier_type_id)
        for section in oms.ots[:-1]
    )
    named = (rules.booster_type_id, *between, rules.preamplifier_type_id)
    return tuple(known[AmplifierTypeId(type_id)] for type_id in named)
