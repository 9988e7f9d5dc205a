"""What stores catalogues and price lists is what the use cases ask for."""

import subprocess
import sys
from pathlib import Path

from karakoram import bootstrap
from karakoram.usecases.catalogue.catalogue_ports import CatalogueStore, PriceListStore


def test_folder_and_file_play_their_parts():
    assert isinstance(bootstrap.catalogue_store(), CatalogueStore)
    assert isinstance(bootstrap.catalogue_store(Path("mine")), CatalogueStore)
    assert isinstance(bootstrap.price_list_file(Path("prices.csv")), PriceListStore)


def test_knowing_the_ports_imports_no_catalogue():
    code = "import sys, karakoram.usecases.catalogue.catalogue_ports; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "karakoram.usecases.catalogue.catalogue_ports" in done.stdout.split()
    assert "karakoram.sales.catalogue.catalogue" not in done.stdout.split()
