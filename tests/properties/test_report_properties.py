from itertools import combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.adapters.formats.report.html import element, linked
from karakoram.adapters.formats.report.labels import LabelWish, placed_labels
from karakoram.adapters.formats.report.places import Duty, PathSite, WetStretch
from karakoram.adapters.formats.report.strip_names import NAME_PITCH, name_places
from karakoram.adapters.formats.report.strip_scale import strip_scale
from tests.support.markup import outline, text_of, tree

kilometres = st.floats(min_value=1.0, max_value=20_000.0)
printable = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E))


@given(printable)
def test_any_text_is_read_back_as_it_was_written(words):
    made = element("p", {"title": words}, words, linked(words))
    parsed = tree(made)
    assert parsed.get("title") == words
    assert "".join(parsed.itertext()) == words + words


@given(st.text())
def test_no_text_whatever_opens_an_element(words):
    made = element("p", None, words)
    assert [tag for tag, _ in outline(made).elements] == ["p"]
    made.encode("utf-8")
    tree(made)
    assert text_of(tree(made)) is not None


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.floats(min_value=0.0, max_value=300.0),
            st.floats(min_value=0.0, max_value=300.0),
            st.text("abcdefgh", min_size=1, max_size=20),
        ),
        max_size=25,
    )
)
def test_no_two_names_on_a_map_cover_each_other(places):
    wishes = [
        LabelWish(text=words, anchor=(x, y), clearance=5.0, font_size=11.0)
        for x, y, words in places
    ]
    labels = placed_labels(
        wishes, frame=(300.0, 300.0), marks=[w.anchor for w in wishes], lines=np.empty((0, 2))
    )
    assert not any(a.overlaps(b) for a, b in combinations(labels, 2))


@given(kilometres, kilometres, kilometres)
def test_further_along_the_path_is_further_along_the_strip(before_km, wet_km, after_km):
    wet = WetStretch(cable_id="SEA", begin_km=before_km, end_km=before_km + wet_km, repeaters=None)
    length_km = before_km + wet_km + after_km
    scale = strip_scale(length_km, [wet], begin_x=50.0, end_x=1150.0)
    drawn = [scale.x(share * length_km) for share in np.linspace(0.0, 1.0, 21)]
    assert drawn[0] == 50.0
    assert abs(drawn[-1] - 1150.0) < 1e-6
    assert all(b > a for a, b in pairwise(drawn))


@settings(max_examples=60)
@given(st.lists(st.floats(min_value=0.0, max_value=1000.0), min_size=2, max_size=60))
def test_names_on_a_strip_keep_order_distance_and_bounds(places_km):
    ordered = sorted(places_km)
    sites = [
        PathSite(site_id=f"S{i}", km=km, duty=Duty.PASSAGE, is_regenerator=False)
        for i, km in enumerate(ordered)
    ]
    scale = strip_scale(1000.0, [], begin_x=0.0, end_x=1000.0)
    named = name_places(sites, scale=scale)
    xs = [place.name_x for place in named]
    assert all(b - a >= NAME_PITCH - 1e-6 for a, b in pairwise(xs))
    assert xs[0] >= -1e-6
    assert xs[-1] <= 1000.0 + 1e-6
