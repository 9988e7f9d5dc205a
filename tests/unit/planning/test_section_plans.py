"""The best modes of sections close with the confidence that was asked for."""

from dataclasses import replace

import pytest

from karakoram.adapters.formats.network_folder import read_network
from karakoram.planning.section_launch import BandPlan
from karakoram.planning.section_plans import section_plans
from karakoram.refdata.corridor import corridor_folder
from tests.support.watched import types_unchecked


@pytest.fixture(scope="module")
def network():
    """The first phase of the corridor and the fibre to it from Urumqi."""
    corridor = read_network(corridor_folder())
    spans = {
        span_id: span
        for span_id, span in corridor.spans.items()
        if span.cable_id in {"SCO-PHASE1", "CT-G314"}
    }
    return replace(corridor, spans=spans)


@pytest.fixture(scope="module")
@types_unchecked()
def plans(network):
    found = section_plans(network, band=BandPlan.C)
    return {(plan.oms.a_site_id, plan.oms.z_site_id): plan for plan in found}


def test_every_section_on_land_has_a_plan(plans):
    assert len(plans) >= 12
    assert all(plan.oms.submarine_cable_id is None for plan in plans.values())
    assert all(set(plan.by_bit_rate_gbps) == {400.0, 800.0} for plan in plans.values())


def test_a_short_section_carries_most_by_dense_400g_or_by_800g(plans):
    plan = plans["BBS", "CHL"]
    assert plan.by_bit_rate_gbps[400.0].channel_count == 64
    assert plan.by_bit_rate_gbps[800.0].closes
    assert plan.fibre_pair_tbps == pytest.approx(25.6)
    assert plan.operator_ids == ("SCO",)


def test_a_long_section_takes_a_robust_400g_mode_and_no_800g(plans):
    plan = plans["AKS", "KRL"]
    assert plan.by_bit_rate_gbps[400.0].transceiver_mode_id == "LH-400G-QPSK-130"
    assert plan.by_bit_rate_gbps[400.0].gain_db > 1.0
    failing = plan.by_bit_rate_gbps[800.0]
    assert not failing.closes
    assert failing.fibre_pair_tbps == 0.0
    assert plan.fibre_pair_tbps == pytest.approx(12.8)


def test_better_powers_never_take_from_the_worst_channel(plans):
    for plan in plans.values():
        for mode in plan.by_bit_rate_gbps.values():
            assert mode.gain_db >= -1e-9
            assert mode.margin_db_at_confidence < mode.gsnr_db - mode.required_gsnr_db


def test_a_mode_that_the_receiver_cannot_follow_does_not_count(network):
    library = network.library
    name = "LH-400G-QPSK-130"
    blind = {name: replace(library.transceiver_modes[name], cd_ps_per_nm_max=1.0)}
    crippled = replace(network, library=replace(library, transceiver_modes=blind))
    for plan in section_plans(crippled, band=BandPlan.C, bit_rates_gbps=(400.0, 800.0)):
        assert set(plan.by_bit_rate_gbps) == {400.0}
        assert plan.fibre_pair_tbps == 0.0


def test_a_network_without_sections_has_no_plans(network):
    assert section_plans(replace(network, equipment={}), band=BandPlan.C) == ()
