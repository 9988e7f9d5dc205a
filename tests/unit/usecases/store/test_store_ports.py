"""What looking after a store asks of whoever does it."""

from karakoram import bootstrap
from karakoram.usecases.store.store_ports import StoreBackup, StoreCheck, StoreKeeper


def test_the_keeper_of_a_store_plays_its_part():
    assert isinstance(bootstrap.store_keeper("anywhere.db"), StoreKeeper)
    assert not isinstance(StoreCheck(counts={}, findings=()), StoreKeeper)


def test_equal_back_ups_are_equal_wherever_they_are_made():
    made = {"place": "a.gz", "counts": {"party": 1}, "digest": "ab"}
    assert StoreBackup(**made) == StoreBackup(**made)
