"""An inventory in a folder."""

import pytest

from karakoram import bootstrap
from karakoram.adapters.formats.inventory_folder import InventoryFolder
from karakoram.core.errors import InvalidDataError
from karakoram.planning.prepare import prepare
from karakoram.refdata.packaged import packaged_folder
from tools.corridor_inventory import corridor_inventory


@pytest.fixture(scope="module")
def prepared():
    return prepare(bootstrap.network_source().read_network())


@pytest.fixture(scope="module")
def tables():
    return corridor_inventory()


def test_the_packaged_inventory_is_what_the_program_writes(tables):
    folder = packaged_folder("inventory")
    for name, text in tables.items():
        assert folder.joinpath(name).read_text(encoding="utf-8") == text


def test_no_unit_of_the_corridor_is_claimed_twice_and_every_row_is_assumed(prepared):
    inventory = InventoryFolder(packaged_folder("inventory")).read_inventory(prepared)
    claimed = sum(claim.units.bit_count() for claim in inventory.claims)
    assert claimed == sum(each.taken.bit_count() for each in inventory.resources)
    assert all(each.taken == 0 for each in inventory.unclaimed)
    kinds = {each.kind.value for each in inventory.resources}
    assert {"fibre", "oms", "wave", "odu", "stm", "e1", "number", "rack"} <= kinds


def test_every_fault_of_both_tables_is_told_with_its_file_and_row(tmp_path, tables, prepared):
    for name, text in tables.items():
        (tmp_path / name).write_text(text.replace(",GIL,", ",GIX,", 1).replace("@0,", "@0,x", 1))
    with pytest.raises(InvalidDataError) as bad:
        InventoryFolder(tmp_path).read_inventory(prepared)
    places = {(f.place.file, f.place.row, f.place.field) for f in bad.value.findings}
    assert ("resources.csv", 2, "a_site_id") in places
    assert ("claims.csv", 2, "resource_id") in places
