from dataclasses import replace

from karakoram.adapters.formats.credits import GEONAMES_CREDIT, credits_of
from tests.support.networks import small_folder_network

NETWORK = small_folder_network()


def test_geonames_is_credited_where_a_site_is_known_from_it():
    assert credits_of(NETWORK) == (GEONAMES_CREDIT,)


def test_nobody_is_credited_for_what_he_did_not_give():
    own = {key: site for key, site in NETWORK.sites.items() if key != "BRD"}
    assert credits_of(replace(NETWORK, sites=own)) == ()
