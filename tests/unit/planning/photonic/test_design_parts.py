"""The steps of a design one by one."""

import numpy as np
import pytest

from karakoram.core.units import linear_from_db
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierChoice,
    Fused,
    LumpedLoss,
    PumpDirection,
    RamanPump,
    RamanPumping,
)
from karakoram.network.photonic.spectral import ChannelPowerTarget, FrequencyBand
from karakoram.planning.photonic.design_bands import channel_count, channel_dbm, lit_bands
from karakoram.planning.photonic.design_candidates import (
    MaskTable,
    Place,
    candidate_row,
    restriction,
)
from karakoram.planning.photonic.design_choice import NO_TYPE, Wanted, acceptable, chosen
from karakoram.planning.photonic.design_columns import LitSection, line_groups
from karakoram.planning.photonic.design_findings import layout_findings
from karakoram.planning.photonic.design_layout import laid_sections
from karakoram.planning.photonic.design_records import DesignBasis
from karakoram.planning.photonic.design_results import set_lines
from karakoram.planning.photonic.design_scattering import SpanScattering
from karakoram.planning.photonic.design_settings import line_settings
from karakoram.planning.photonic.design_spans import loss_db_of, spanned
from karakoram.planning.photonic.design_types import type_columns
from tests.support.line_designs import COMB, SPAN, fibre, kind, library, line, roadm


def basis_of(kinds=()):
    return DesignBasis(library=library(*kinds), spectrum=COMB, span=SPAN)


def lit_sections(network, basis):
    sections = [spanned(one, basis) for one in laid_sections(network, basis, inserts=True)]
    return [LitSection(spanned=one, bands=lit_bands(one.laid, basis)) for one in sections]


@pytest.mark.parametrize(("upper_thz", "count"), [(193.4, 1), (193.449, 1), (193.45, 2)])
def test_the_first_channel_stands_at_the_lower_edge(upper_thz, count):
    assert channel_count(FrequencyBand(lower_thz=193.4, upper_thz=upper_thz), 50.0) == count


def test_a_power_target_is_the_power():
    assert channel_dbm(ChannelPowerTarget(power_dbm=-3.0), COMB) == -3.0


def test_loss_is_glass_connectors_padding_and_points():
    lumped = (LumpedLoss(position_km=5.0, loss_db=0.7),)
    stated = {"connector_in_db": 0.1, "connector_out_db": 0.2, "padding_db": 3.0}
    whole = fibre(length_km=10.0, lumped_losses=lumped, **stated)
    assert loss_db_of(whole, library()) == pytest.approx(6.0, abs=1e-12)
    assert loss_db_of(Fused(element_id="s", loss_db=0.4), library()) == 0.4


def wanted(gain_db, power_dbm, types, *, raman=True):
    return Wanted(
        gain_db=np.array([gain_db]),
        power_dbm=np.array([power_dbm]),
        candidates=np.ones((1, len(types.type_ids)), dtype=np.bool_),
        takes_raman=np.array([raman]),
    )


def test_types_up_to_3_db_above_the_gain_stay_but_not_raman_ones():
    kinds = (
        kind("low", gain_min_db=10.0),
        kind("high", gain_min_db=19.9),
        kind("higher", gain_min_db=20.0),
        kind("raman", gain_min_db=17.1, is_raman=True),
    )
    types, _ = type_columns(library(*kinds))
    strong, padded = acceptable(wanted(17.0, 10.0, types), types, extended_gain_db=0.0)
    assert strong.tolist() == [[True, True, False, False]]
    assert not padded.any()


def test_of_the_too_weak_those_near_the_strongest_stay():
    kinds = [kind(f"{power}", output_power_dbm_max=power) for power in (15.0, 15.8, 16.0)]
    types, _ = type_columns(library(*kinds))
    strong, _ = acceptable(wanted(20.0, 18.0, types), types, extended_gain_db=0.0)
    assert strong.tolist() == [[False, True, True]]
    choice = chosen(wanted(20.0, 18.0, types), types, extended_gain_db=0.0)
    assert choice.kind.tolist() == [1]
    assert choice.power_reduction_db.tolist() == [pytest.approx(-2.2)]


def test_without_candidates_nothing_is_chosen():
    types, _ = type_columns(library())
    nothing = Wanted(
        gain_db=np.array([20.0]),
        power_dbm=np.array([10.0]),
        candidates=np.zeros((1, 1), dtype=np.bool_),
        takes_raman=np.array([True]),
    )
    choice = chosen(nothing, types, extended_gain_db=0.0)
    assert choice.kind.tolist() == [NO_TYPE]
    assert choice.power_reduction_db.tolist() == [0.0]


def test_raman_types_come_last_and_noise_is_that_of_the_type():
    types, findings = type_columns(library(kind("r", is_raman=True), kind("plain")))
    assert types.type_ids == ("plain", "r")
    assert findings == ()
    figure_db = types.noise_figure_db(
        kind=np.array([0, NO_TYPE]),
        gain_db=np.array([26.0, 26.0]),
        input_dbm=np.zeros(2),
        slots_hz=np.full(2, 4.8e12),
    )
    assert figure_db[0] == pytest.approx(6.0, abs=1e-9)
    assert np.isnan(figure_db[1])


def test_candidates_are_those_named_else_those_allowed():
    basis = basis_of((kind("a"), kind("b", is_allowed_for_design=False)))
    types, _ = type_columns(basis.library)
    masks = MaskTable(width=2)
    own = Amplifier(element_id="own", amplifier_type_id=None)
    for named in ((), ("b",), ()):
        place = Place(amplifier=own, bands=(COMB.band,), named=named)
        candidate_row(place, COMB.band, types=types, masks=masks)
    assert masks.array().tolist() == [[True, False], [False, True]]


def test_a_booster_restriction_goes_before_that_of_the_next_roadm():
    begin = roadm("A", amplifier_choice=AmplifierChoice(booster_type_ids=("x",)))
    end = roadm("Z", amplifier_choice=AmplifierChoice(preamplifier_type_ids=("y",)))
    basis = basis_of()
    (short,) = lit_sections(line(begin=begin, end=end), basis)
    assert restriction(short.spanned, 0, basis) == ("x",)
    (long,) = lit_sections(line(fibre(), begin=begin, end=end), basis)
    assert restriction(long.spanned, 1, basis) == ("y",)


def test_columns_settings_and_records_of_a_line_belong_together():
    basis = basis_of()
    types, _ = type_columns(basis.library)
    sections = lit_sections(line(fibre("f"), fibre("g")), basis)
    (group,) = line_groups(sections, basis, types)
    assert group.count.tolist() == [3]
    assert group.loss_db[0] == pytest.approx([0.0, 21.75, 21.75, 0.0])
    assert group.meets_roadm.tolist() == [[False, False, True]]
    assert group.launch_db.tolist() == [-20.0]
    settings = line_settings(group, types, basis, scattering=SpanScattering(basis=basis))
    assert settings.offset_db[0, :, 0].tolist() == [0.5, 0.5, 0.0]
    (done,) = set_lines(group, settings, types=types, basis=basis)
    assert [one.gain_db for one in done.amplifiers] == settings.gain_db[0, :, 0].tolist()
    assert not list(layout_findings(line(fibre("f"), fibre("g")), sections))


def test_pumps_give_what_they_make_the_span_lose_less():
    def pumped(power_mw):
        pump = RamanPump(
            power_mw=power_mw, frequency_thz=205.0, direction=PumpDirection.AGAINST_SIGNAL
        )
        pumping = RamanPumping(pumps=(pump,), temperature_k=283.0)
        return fibre(raman_pumping=pumping)

    basis = basis_of()
    types, _ = type_columns(basis.library)
    gains = []
    for power_mw in (0.0, 150.0, 300.0):
        sections = lit_sections(line(pumped(power_mw)), basis)
        (group,) = line_groups(sections, basis, types)
        physics = SpanScattering(basis=basis)
        gains.append(physics.pump_gain_db(group, place=(0, 1), launch_dbm=0.0))
    assert abs(gains[0]) < 0.1
    assert gains[1] > 2.0
    # Gain in dB is proportional to pump power as long as the pump is not depleted.
    assert 0.9 < gains[2] / (2 * gains[1]) < 1.0
    assert linear_from_db(gains[2]) > 3.0
