"""Which planner answers which feasibility check?"""

from collections.abc import Mapping
from types import MappingProxyType

from karakoram.planning.prepare import PreparedNetwork
from karakoram.sales.catalogue.words import FeasibilityCheck
from karakoram.sales.feasibility.connected import connected_product
from karakoram.sales.feasibility.dark_fibre import DarkFibrePlanner
from karakoram.sales.feasibility.questions import Planner
from karakoram.sales.feasibility.site_product import site_product
from karakoram.sales.feasibility.wavelength import wavelength_planner


def planners(prepared: PreparedNetwork) -> Mapping[FeasibilityCheck, Planner]:
    """A planner for every feasibility check, on one network."""
    return MappingProxyType(
        {
            FeasibilityCheck.WAVELENGTH: wavelength_planner(prepared),
            FeasibilityCheck.DARK_FIBRE: DarkFibrePlanner(prepared=prepared),
            FeasibilityCheck.MULTIPLEX_PATH: connected_product,
            FeasibilityCheck.ETHERNET_PATH: connected_product,
            FeasibilityCheck.INTERCONNECT: connected_product,
            FeasibilityCheck.SITE_PORT: site_product,
            FeasibilityCheck.NUMBER: site_product,
            FeasibilityCheck.IP_PORT: site_product,
            FeasibilityCheck.SPACE: site_product,
        }
    )
