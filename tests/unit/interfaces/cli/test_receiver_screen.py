"""What a planner reads of modes: the worst of each, the choice, and the channels."""

from dataclasses import replace
from io import StringIO

import numpy as np
from rich.console import Console

from karakoram.interfaces.cli.receiver_screen import CHANNELS_SHOWN_MAX, show_receivers
from karakoram.network.photonic.requests import PathRequest
from karakoram.network.photonic.transceivers import TransceiverMode
from karakoram.planning.photonic.receiver_records import (
    ReceivedInMode,
    ReceiverChoice,
    SwitchFilters,
)
from tests.support.propagation_answers import answer

COUNT = 20


def received(name, bit_rate_gbps, *, dark=()):
    penalty_db = np.full(COUNT, 0.25)
    penalty_db[list(dark)] = np.inf
    return ReceivedInMode(
        mode=TransceiverMode(
            name=name,
            symbol_rate_gbaud=60.0,
            required_osnr_db=12.5,
            bit_rate_gbps=bit_rate_gbps,
            tx_osnr_db=40.0,
            spacing_ghz_min=75.0,
        ),
        gsnr_01nm_db=np.linspace(18.0, 17.0, COUNT),
        cd_penalty_db=penalty_db,
        pmd_penalty_db=np.zeros(COUNT),
        pdl_penalty_db=np.full(COUNT, 0.5),
        filter_penalty_db=np.full(COUNT, 0.75),
        margin_db=np.linspace(4.0, 3.0, COUNT) - penalty_db,
        power_dbm=np.full(COUNT, -20.0),
        failures=tuple(("CD",) if at in dark else () for at in range(COUNT)),
    )


def choice(*modes, best, everywhere):
    return ReceiverChoice(
        transceiver_type_id="trx",
        frequency_thz=191.3 + 0.1 * np.arange(COUNT),
        modes=modes,
        best=best,
        best_everywhere=everywhere,
        system_margin_db=2.0,
        filters=None,
        filter_count=4,
        propagation=answer(COUNT).propagation,
        shown=everywhere or 0,
        warnings=(),
    )


SLOW, FAST = received("slow", 200.0), received("fast", 400.0, dark=(3,))
MIXED = choice(SLOW, FAST, best=(1, 1, 1, 0, *(1,) * 16), everywhere=0)


def shown(found, **more):
    file = StringIO()
    console = Console(file=file, width=100, markup=False, highlight=False)
    show_receivers(console, found, **more)
    return " ".join(file.getvalue().split())


def test_each_mode_stands_with_its_worst_channel_and_what_fails():
    words = shown(MIXED)
    assert "slow 200 75 17.00 12.50 2.75 -20.00 20 -" in words
    assert "fast 400 75 17.84 12.50 -inf -20.00 19 CD" in words


def test_the_choice_for_all_channels_and_for_each_are_told():
    words = shown(MIXED)
    assert (
        "'slow' carries most where all 20 channels have one mode: 4,000 Gb/s, least margin" in words
    )
    assert "with the best of each channel 7,800 Gb/s" in words
    assert "with the best" not in shown(choice(SLOW, best=(0,) * COUNT, everywhere=0))


def test_where_no_mode_works_everywhere_that_is_said():
    some = choice(FAST, best=(0, 0, 0, None, *(0,) * 16), everywhere=None)
    assert "No mode works on every channel; 19 of 20 have one, together 7,600 Gb/s" in shown(some)
    none = choice(FAST, best=(None,) * COUNT, everywhere=None)
    assert "No mode works on any channel." in shown(none)


def test_channels_show_every_penalty_and_their_best_mode():
    words = shown(MIXED)
    assert "191.3000 18.00 0.25 0.00 0.50 0.75 3.75 -20.00 - fast" in words
    assert f"{CHANNELS_SHOWN_MAX} of {COUNT} channels; --json shows all" in words
    assert "none" in shown(choice(FAST, best=(None,) * COUNT, everywhere=None))


def test_filters_are_said_to_be_counted_or_not():
    assert "filtering left out (--wss-otf counts it), and 2 dB of system margin" in shown(MIXED)
    filtered = replace(MIXED, filters=SwitchFilters(otf_bandwidth_ghz=9.5))
    assert "4 filters with an OTF of 9.5 GHz" in shown(filtered)


def test_a_request_says_how_many_channels_it_takes():
    request = PathRequest(
        request_id="7",
        from_id="A",
        to_id="Z",
        is_bidirectional=False,
        transceiver_type_id="trx",
        spacing_ghz=75.0,
        bit_rate_gbps=500.0,
    )
    words = shown(MIXED, request=request)
    assert "Request 7 asks for 500 Gb/s: 3 channels of 20 in mode 'slow'" in words
