"""Laws of light along a path, over random paths."""

import itertools

import numpy as np
import pytest

from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.engines.optics import (
    GeneralisedGn,
    PropagationMethod,
    RamanModel,
    gsnr_from_log_noise,
    log_noise,
)
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.network.photonic.spectrum import SpectrumPart
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.lit_channels import channels_of_comb, channels_of_parts
from karakoram.planning.photonic.propagation import propagated
from tests.support.light_files import amplifier, equipment, joined, line, span, write_files

METHODS = (
    PropagationMethod(),
    PropagationMethod(raman=RamanModel.NONE),
    PropagationMethod(nonlinear=GeneralisedGn()),
)
COMB = {"f_min": 192e12, "f_max": 194e12, "spacing": 100e9, "baud_rate": 64e9}


def light(folder, network, *, lit=None, method=METHODS[0]):
    files = write_files(folder, network=network, library=equipment(**COMB))
    given = GnpyFiles(network=files[0], equipment=files[1]).read_photonics()
    path = shortest_path(given.network, from_id="Site_A", to_id="Site_B")
    return propagated(
        given.network,
        given.library,
        path=path,
        spectrum=lit or channels_of_comb(given.library.spectra["default"]),
        method=method,
    )


def line_gsnr(found):
    """Before the last ROADM, terminals left out."""
    return 10.0 ** (found.elements[-2].channels.gsnr_db / 10.0)


@pytest.mark.parametrize("method", METHODS)
def test_sections_between_roadms_compose_exactly(tmp_path, method):
    sections = ("TF", "T", "FTT")
    alone = [line_gsnr(light(tmp_path, line(one), method=method)) for one in sections]
    composed = gsnr_from_log_noise(sum(log_noise(gsnr) for gsnr in alone))
    for order in itertools.permutations(sections):
        whole = line_gsnr(light(tmp_path, line(*order), method=method))
        assert np.abs(10.0 * np.log10(whole / composed)).max() < 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_more_loss_before_the_last_amplifier_never_helps(tmp_path, seed):
    rng = np.random.default_rng(seed)
    lengths = rng.uniform(30.0, 100.0, 3)
    method = METHODS[seed % len(METHODS)]

    def with_loss(loss_db):
        inner = []
        for number, length in enumerate(lengths):
            con_out = loss_db if number == 2 else 0.0
            inner.append(span(f"span {number}", length=float(length), con_out=con_out))
            inner.append(amplifier(f"edfa {number}", gain_target=0.2 * float(length) + 0.5))
        ends = [{"uid": uid, "type": "Transceiver"} for uid in ("Site_A", "Site_B")]
        return light(tmp_path, joined([ends[0], *inner, ends[1]]), method=method)

    ratios = [with_loss(loss_db).received for loss_db in (0.0, 0.5, 3.0)]
    for less, more in itertools.pairwise(ratios):
        assert (more.gsnr_db < less.gsnr_db).all()
        assert (more.osnr_db < less.osnr_db).all()


def test_the_order_in_which_parts_of_a_spectrum_are_named_does_not_matter(tmp_path):
    parts = [
        SpectrumPart(
            label=f"part {number}",
            band=FrequencyBand(lower_thz=low, upper_thz=low + 0.4),
            slot_ghz=slot,
            symbol_rate_gbaud=0.64 * slot,
            roll_off=0.15,
            tx_osnr_db=40.0 - number,
            tx_power_dbm=0.5 * number,
            launch_offset_db=-0.5 * number,
        )
        for number, (low, slot) in enumerate([(192.0, 50.0), (193.0, 100.0), (194.0, 75.0)])
    ]
    first, *others = (
        light(tmp_path, line("TF"), lit=channels_of_parts(order))
        for order in itertools.permutations(parts)
    )
    for other in others:
        np.testing.assert_array_equal(other.received.gsnr_db, first.received.gsnr_db)
        assert other.labels == first.labels


def test_the_same_light_twice_is_the_same(tmp_path):
    once, again = (light(tmp_path, line("TF", "T")) for _ in range(2))
    np.testing.assert_array_equal(once.received.gsnr_db, again.received.gsnr_db)
