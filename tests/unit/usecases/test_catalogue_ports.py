"""What stores catalogues and price lists is what the use cases ask for."""

from pathlib import Path

from karakoram import bootstrap
from karakoram.usecases.catalogue_ports import CatalogueStore, PriceListStore


def test_folder_and_file_play_their_parts():
    assert isinstance(bootstrap.catalogue_store(), CatalogueStore)
    assert isinstance(bootstrap.catalogue_store(Path("mine")), CatalogueStore)
    assert isinstance(bootstrap.price_list_file(Path("prices.csv")), PriceListStore)
