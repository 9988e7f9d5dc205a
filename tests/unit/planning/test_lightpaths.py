from dataclasses import replace
from itertools import combinations, pairwise, product
from math import ceil, inf, log10

import numpy as np
import pytest

from karakoram.engines.optics import composed_gsnr
from karakoram.network.records import Status
from karakoram.planning.lightpaths import (
    WAVELENGTHS_MAX,
    _margins_db,
    _roadm_osnr_between,
    _sums,
    lone_margins_db,
    wavelengths_for,
)
from karakoram.planning.optical_plant import line_key
from karakoram.planning.path_plan import lines_of
from karakoram.planning.prepare import prepare
from tests.support.planning_networks import (
    amplifier,
    designed,
    fibre,
    fibre_type,
    mode,
    network_of,
    roadm_type,
    small_library,
)

SITES = "ABCDEFG"


def chain_of(*lengths_km, **given):
    """A row of ROADM sites A, B, C, ..."""
    spans = [fibre(a, z, km) for (a, z), km in zip(pairwise(SITES), lengths_km, strict=False)]
    return prepare(network_of(*spans, **given))


def lit(prepared, bit_rate_gbps=100.0):
    """Lightpaths over the whole row, and its lines."""
    lines = lines_of(prepared, tuple(prepared.network.spans), start="A")
    return prepared.lightpath_choice(bit_rate_gbps).lightpaths(lines), lines


def margin_db(prepared, lines, chosen_mode):
    """Of the worst channel there or back, from its parts: lines, ROADMs, transmitter."""
    optics = prepared.plant.by_spacing[chosen_mode.spacing_ghz_min].by_line
    roadm = prepared.network.library.roadm_types["ROADM"]
    over = [optics[key] for key in lines]
    back = [optics[line_key(prepared.plant.lines[key].reversed())] for key in lines]
    gsnr = np.minimum(
        *(
            composed_gsnr(1.0 / np.expm1(np.array([line.log_noise for line in direction])))
            for direction in (over, back)
        )
    )
    osnrs_db = [
        chosen_mode.tx_osnr_db,
        roadm.add_drop_osnr_db,
        *[roadm.express_osnr_db] * (len(lines) - 1),
    ]
    wide = chosen_mode.symbol_rate_gbaud / 12.5
    added = sum(wide * 10.0 ** (-osnr_db / 10.0) for osnr_db in osnrs_db)
    if sum(line.cd_ps_per_nm for line in over) > chosen_mode.cd_ps_per_nm_max:
        return -inf
    if sum(line.pmd_ps**2 for line in over) > chosen_mode.pmd_ps_max**2:
        return -inf
    required_db = chosen_mode.required_osnr_db - 10.0 * log10(wide)
    return -10.0 * log10((1.0 / gsnr + added).max()) - required_db


def score(prepared, stretches, bit_rate_gbps):
    """Transceivers, spectrum, minus the smallest margin; infinite when one does not close."""
    transceivers, spectrum, worst = 0, 0.0, inf
    for lines, chosen_mode in stretches:
        margin = margin_db(prepared, lines, chosen_mode)
        wavelengths = ceil(bit_rate_gbps / chosen_mode.bit_rate_gbps)
        if margin < prepared.network.rules.margin_db.value or wavelengths > WAVELENGTHS_MAX:
            return (inf, inf, inf)
        transceivers += 2 * wavelengths
        spectrum += wavelengths * chosen_mode.spacing_ghz_min * len(lines)
        worst = min(worst, margin)
    return (transceivers, spectrum, -worst)


def best_score(prepared, lines, bit_rate_gbps):
    """By every set of cuts and every choice of modes."""
    modes = tuple(prepared.network.library.transceiver_modes.values())
    scores = []
    for count in range(len(lines)):
        for cuts in combinations(range(1, len(lines)), count):
            stretches = [lines[i:j] for i, j in pairwise((0, *cuts, len(lines)))]
            scores.extend(
                score(prepared, tuple(zip(stretches, chosen, strict=True)), bit_rate_gbps)
                for chosen in product(modes, repeat=len(stretches))
            )
    return min(scores)


def reaching_library():
    """Fast modes that reach little, slow ones that reach far, one that is short of dispersion."""
    return small_library(
        transceiver_modes={
            "fast": mode("fast", 400.0, required_osnr_db=20.0),
            "wide": mode("wide", 400.0, required_osnr_db=18.5, spacing_ghz_min=200.0),
            "slow": mode("slow", 100.0, required_osnr_db=12.0, cd_ps_per_nm_max=17.5 * 900.0),
        }
    )


@pytest.mark.parametrize("bit_rate_gbps", [100.0, 400.0, 800.0])
@pytest.mark.parametrize(
    "lengths_km",
    [
        (400.0,),
        (300.0, 300.0, 300.0),
        (80.0, 500.0, 80.0, 500.0, 80.0),
        (100.0, 200.0, 400.0, 400.0),
        (640.0, 80.0, 640.0),
    ],
    ids=str,
)
def test_cuts_and_modes_are_the_best_of_all(lengths_km, bit_rate_gbps):
    prepared = chain_of(*lengths_km, library=reaching_library())
    answer, lines = lit(prepared, bit_rate_gbps)
    found = []
    left = list(lines)
    for lightpath in answer:
        count = next(
            i
            for i, key in enumerate(left, start=1)
            if prepared.plant.lines[key].z_site_id == lightpath.z_site_id
        )
        chosen = prepared.network.library.transceiver_modes[lightpath.transceiver_mode_id]
        found.append((tuple(left[:count]), chosen))
        assert lightpath.margin_db == pytest.approx(margin_db(prepared, left[:count], chosen))
        left = left[count:]
    assert not left
    assert score(prepared, found, bit_rate_gbps) == pytest.approx(
        best_score(prepared, lines, bit_rate_gbps)
    )


def test_no_mode_over_some_line_is_no_lightpath_at_all():
    library = small_library(transceiver_modes={"fast": mode("fast", 400.0, required_osnr_db=20.0)})
    prepared = chain_of(100.0, 3_000.0, 100.0, library=library)
    assert lit(prepared)[0] is None


def test_without_need_there_is_no_regenerator():
    answer, _ = lit(chain_of(100.0, 100.0, 100.0, 100.0))
    assert [(one.a_site_id, one.z_site_id) for one in answer] == [("A", "E")]


def test_dispersion_alone_forces_regeneration():
    library = small_library(
        transceiver_modes={"CD": mode("CD", 100.0, cd_ps_per_nm_max=17.5 * 250.0)}
    )
    answer, _ = lit(chain_of(100.0, 100.0, 100.0, 100.0, 100.0, library=library))
    assert len(answer) == 3
    assert max(one.cd_ps_per_nm for one in answer) <= 17.5 * 250.0


def test_polarisation_mode_dispersion_adds_as_squares():
    # 100 km at 0.1 ps/sqrt(km) is 1 ps; three lines are sqrt(3) = 1.732 ps.
    def ends(pmd_ps_max):
        library = small_library(
            transceiver_modes={"PMD": mode("PMD", 100.0, pmd_ps_max=pmd_ps_max)}
        )
        answer, _ = lit(chain_of(100.0, 100.0, 100.0, library=library))
        return len(answer)

    assert ends(1.74) == 1
    assert ends(1.73) == 2
    assert ends(1.01) == 3


def test_figures_of_a_lightpath_are_those_of_its_lines_together():
    prepared = chain_of(100.0, 150.0)
    (one,), lines = lit(prepared)
    optics = prepared.plant.by_spacing[100.0].by_line
    assert one.length_km == 250.0
    assert one.cd_ps_per_nm == pytest.approx(sum(optics[key].cd_ps_per_nm for key in lines))
    assert one.cd_ps_per_nm == pytest.approx(17.0 * 250.0, rel=1e-3)
    assert one.pmd_ps == pytest.approx(0.1 * 250.0**0.5)
    assert one.required_gsnr_db == pytest.approx(10.0 - 10.0 * log10(32.0 / 12.5))
    assert one.margin_db == pytest.approx(one.gsnr_db - one.required_gsnr_db)
    assert one.margin_db_min == 2.0
    assert one.gsnr_db <= one.gsnr_db_mean
    # Amplifiers alone in 12.5 GHz: better than all noise, moved by the wider bandwidth.
    assert one.osnr_0_1nm_db > one.gsnr_db + 10.0 * log10(32.0 / 12.5)


def test_an_express_pass_costs_what_the_roadm_says():
    def gsnr_db(express_osnr_db):
        roadms = {"ROADM": roadm_type(express_osnr_db=express_osnr_db)}
        (one,), _ = lit(chain_of(100.0, 100.0, 100.0, library=small_library(roadm_types=roadms)))
        return one.gsnr_db

    added = 2 * 32.0 / 12.5 * (10.0**-2.5 - 10.0**-6.0)
    difference = 10.0 ** (-gsnr_db(25.0) / 10.0) - 10.0 ** (-gsnr_db(60.0) / 10.0)
    assert difference == pytest.approx(added)


def test_each_roadm_on_the_way_adds_the_noise_of_its_own_type():
    # Adding and dropping is half the noise of the type at each end; B and C are passed.
    osnrs_db = {"A": (30.0, 40.0), "B": (38.0, 24.0), "C": (38.0, 28.0), "D": (26.0, 40.0)}
    library = small_library(
        roadm_types={
            "ROADM": roadm_type(add_drop_osnr_db=99.0, express_osnr_db=99.0),
            **{
                site: roadm_type(
                    roadm_type_id=site, add_drop_osnr_db=add_drop, express_osnr_db=express
                )
                for site, (add_drop, express) in osnrs_db.items()
            },
        }
    )
    network = chain_of(60.0, 60.0, 60.0, library=library).network
    own = {key: replace(item, type_id=item.site_id) for key, item in network.equipment.items()}
    (quiet,), _ = lit(prepare(network))
    prepared = prepare(replace(network, equipment=own))
    (loud,), lines = lit(prepared)
    inverse = (
        (0.5 * (10.0**-3.0 + 10.0**-2.6) + 10.0**-2.4 + 10.0**-2.8 - 10.0**-9.9 * 3.0) * 32.0 / 12.5
    )
    added = 10.0 ** (-loud.gsnr_db / 10.0) - 10.0 ** (-quiet.gsnr_db / 10.0)
    assert added == pytest.approx(inverse, rel=1e-6)
    # What is offered is what was searched by.
    chosen = prepared.network.library.transceiver_modes[loud.transceiver_mode_id]
    passed = _roadm_osnr_between(prepared.plant, "ABCD")
    optics = prepared.plant.by_spacing[chosen.spacing_ghz_min]
    (searched_db,) = _margins_db(_sums(optics, path=lines, roadm_osnr=passed), [chosen])
    assert loud.margin_db == pytest.approx(searched_db[0, 3], abs=1e-12)
    assert np.isneginf(searched_db[np.tril_indices(4)]).all()


def test_margins_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        chain_of(60.0).lone_margins_db[...] = 99.0


def test_a_line_worse_than_every_mode_can_stand_has_a_margin_below_the_rule():
    prepared = chain_of(100.0, 3_000.0)
    margins_db = lone_margins_db(prepared.plant, prepared.network)
    modes = prepared.network.library.transceiver_modes.values()
    by_hand = [
        [margin_db(prepared, [key], chosen) for key in prepared.plant.lines] for chosen in modes
    ]
    np.testing.assert_allclose(margins_db, by_hand)


def test_both_directions_must_close_and_the_worse_one_is_told():
    # After a section of 29 dB, of which the amplifier makes good 25, the rest runs at low power.
    types = {name: amplifier(name, gain_db_max=25.0) for name in ("EDFA", "REPEATER")}
    network = network_of(
        *(fibre("A", "P", 80.0, attenuation=0.35), fibre("P", "Q", 70.0), fibre("Q", "Z", 70.0)),
        roadms="AZ",
        amplifiers="PQ",
        library=small_library(amplifier_types=types),
    )
    prepared = prepare(network)
    there, back = (designed(prepared, a=a, z=z).offers[0].paths[0] for a, z in ("AZ", "ZA"))
    for name in ("gsnr_db", "margin_db", "osnr_0_1nm_db"):
        told = [getattr(path.lightpaths[0], name) for path in (there, back)]
        assert told[0] == pytest.approx(told[1], abs=1e-9)
    by_line = prepared.plant.by_spacing[100.0].by_line
    worst = [by_line[key].log_noise.max() for key in prepared.plant.lines]
    assert abs(worst[0] / worst[1] - 1.0) > 0.01
    added = 32.0 / 12.5 * (10.0**-4.0 + 10.0**-3.8)
    assert there.lightpaths[0].gsnr_db == pytest.approx(-10.0 * log10(np.expm1(max(worst)) + added))


def test_a_roadm_that_is_only_an_option_regenerates_nothing_unless_asked_for():
    library = small_library(
        transceiver_modes={"SR": mode("SR", 100.0, cd_ps_per_nm_max=17.5 * 60.0)}
    )
    network = network_of(
        *(fibre("A", "M", 60.0), fibre("M", "Z", 60.0)),
        statuses={"M": Status.OPTION},
        library=library,
    )
    (reason,) = designed(network).reasons
    assert reason.code == "optics"
    accepted = frozenset({Status.IN_SERVICE, Status.OPTION})
    offer = designed(network, accepted_statuses=accepted).offers[0]
    assert offer.paths[0].regenerator_site_ids == ("M",)


def test_dispersion_beyond_the_receiver_leaves_no_margin():
    library = small_library(
        transceiver_modes={"CD": mode("CD", 100.0, cd_ps_per_nm_max=17.5 * 250.0)}
    )
    prepared = chain_of(100.0, 300.0, library=library)
    by_line = dict(zip(prepared.plant.lines, prepared.lone_margins_db[0], strict=True))
    assert by_line["B", ("B-C",)] == -inf
    assert by_line["A", ("A-B",)] > 0.0


@pytest.mark.parametrize(
    ("bit_rate_gbps", "wavelengths"), [(1.0, 1), (100.0, 1), (100.1, 2), (400.0, 4), (401.0, 5)]
)
def test_wavelengths_are_as_many_as_carry_the_bit_rate(bit_rate_gbps, wavelengths):
    assert wavelengths_for(mode("100G", 100.0), bit_rate_gbps) == wavelengths


def test_a_service_is_never_spread_over_more_than_four_wavelengths():
    library = small_library(transceiver_modes={"100G": mode("100G", 100.0)})
    prepared = chain_of(100.0, library=library)
    ((one,), _), (none, _) = lit(prepared, 400.0), lit(prepared, 401.0)
    assert (one.wavelengths, one.bit_rate_gbps) == (4, 400.0)
    assert none is None


def test_a_noisier_fibre_takes_a_slower_mode():
    quiet = designed(network_of(fibre("A", "Z", 1_000.0)), bit_rate=200.0).offers[0]
    lossy = small_library(fibre_types={"SMF": fibre_type("SMF", attenuation_db_per_km=0.35)})
    loud = designed(network_of(fibre("A", "Z", 1_000.0), library=lossy), bit_rate=200.0).offers[0]
    assert [one.transceiver_mode_id for one in quiet.paths[0].lightpaths] == ["200G"]
    assert [one.transceiver_mode_id for one in loud.paths[0].lightpaths] == ["100G"]
