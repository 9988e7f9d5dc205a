"""Records of a CSV file come with their places, or with everything that is wrong."""

from dataclasses import dataclass

import pytest

from karakoram.adapters.formats.placed_records import placed_records
from karakoram.core.errors import InvalidDataError


@dataclass(frozen=True, slots=True, kw_only=True)
class Pole:
    """A record whose fields may contradict each other."""

    pole_id: str
    height_m: float
    depth_m: float

    def __post_init__(self):
        faults = [
            f"Pole: {name} must be above 0" for name in ("height_m", "depth_m") if not self[name]
        ]
        if faults:
            raise ValueError("; ".join(faults))

    def __getitem__(self, name):
        return getattr(self, name)


def read(tmp_path, *rows):
    path = tmp_path / "poles.csv"
    path.write_text("\n".join(("pole_id,height_m,depth_m", *rows, "")), encoding="utf-8")
    return placed_records(path, Pole, holds="poles")


def test_each_record_comes_with_its_place(tmp_path):
    (first, _), (second, place) = read(tmp_path, "a,3,1", "b,4,2")
    assert (first.pole_id, second.depth_m) == ("a", 2.0)
    assert (str(place), place.table) == ("poles.csv row 3 (b)", "poles")


def test_each_contradiction_in_a_row_is_told_at_its_field(tmp_path):
    with pytest.raises(InvalidDataError) as refused:
        read(tmp_path, "a,0,0", "b,high,1")
    found = [(one.place.row, one.place.field, one.place.file) for one in refused.value.findings]
    assert found == [(2, "height_m", "poles.csv"), (2, "depth_m", "poles.csv"),
                     (3, "height_m", "poles.csv")]  # fmt: skip
    assert not any("Pole" in one.message for one in refused.value.findings)
