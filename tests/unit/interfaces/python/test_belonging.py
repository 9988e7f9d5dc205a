from dataclasses import replace

from karakoram.interfaces.python.belonging import foreign_part
from tests.support.offers import infeasible_answer, service_design
from tests.support.small_corridor import small_network

NETWORK = small_network()


def test_a_design_belongs_to_the_network_that_was_asked():
    assert foreign_part(service_design(NETWORK), network=NETWORK) is None
    assert foreign_part(infeasible_answer(), network=NETWORK) is None


def test_the_first_part_that_is_not_there_is_named():
    bare = replace(NETWORK, spans={})
    assert foreign_part(service_design(NETWORK), network=bare).startswith("span ")
    assert foreign_part(infeasible_answer(), network=replace(NETWORK, sites={})) == "site 'URC'"
