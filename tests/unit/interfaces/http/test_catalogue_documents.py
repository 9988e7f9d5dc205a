"""The catalogue in the words of TM Forum tells how far its prices may be trusted."""

from karakoram.core.provenance import Confidence
from karakoram.interfaces.http.catalogue_documents import catalogue_documents
from tests.support.catalogues import small_catalogue


def test_a_price_says_how_far_it_may_be_trusted_and_where_it_comes_from():
    catalogue = small_catalogue()
    documents = catalogue_documents(catalogue, href=str, network_trusts={})["productOfferingPrice"]
    for price_id, price in catalogue.product_offering_prices.items():
        known = price.provenance
        told = documents[price_id]["description"]
        assert told.startswith(f"confidence: {known.confidence.value}; source: {known.source}")


def test_an_offering_that_the_network_prices_says_how_far_its_price_may_be_trusted():
    catalogue = small_catalogue()
    first, *others = catalogue.product_offerings
    documents = catalogue_documents(
        catalogue, href=str, network_trusts={first: Confidence.ASSUMED}
    )["productOffering"]
    told = "priced by the network, leg by leg; confidence: assumed"
    assert documents[first]["description"] == told
    assert all("description" not in documents[each] for each in others)
