"""Do the screens about whole networks of light say what a person must know?"""

from dataclasses import replace

import numpy as np
from rich.console import Console

from karakoram.core.findings import Finding, Place, Severity
from karakoram.interfaces.cli.all_pairs_screen import show_all_pairs
from karakoram.interfaces.cli.what_if_screen import show_what_if
from karakoram.network.photonic.load import WavelengthOrder
from karakoram.planning.photonic.all_pairs import all_pairs, prepared_pairs
from karakoram.planning.photonic.load_light import (
    LoadedPlant,
    load_light,
    relit,
    wavelength_changes,
)
from karakoram.planning.photonic.load_orders import network_load
from karakoram.usecases.light.light_all_pairs import AllPairsAnswer
from karakoram.usecases.light.what_if import WhatIfAnswer
from tests.support.assumed import ASSUMED
from tests.support.photonic_mesh import LIBRARY, LIT, random_mesh

ODD = Finding(
    code="odd", place=Place(table="elements"), message="looks odd", severity=Severity.WARNING
)


def shown(show, answer):
    console = Console(width=110, record=True, quiet=False, file=None)
    with console.capture() as captured:
        show(console, answer)
    return captured.get()


def test_pairs_that_are_not_exact_and_warnings_are_told():
    network = random_mesh(np.random.default_rng(71), sites=4, chords=0, spans_max=1).network
    pairs = all_pairs(prepared_pairs(network, LIBRARY, spectrum=LIT))
    inexact = replace(pairs, is_exact=pairs.is_exact & (pairs.section_count < 2))
    text = shown(show_all_pairs, AllPairsAnswer(pairs=inexact, warnings=(ODD,) * 7, assumptions=()))
    assert "marked *" in text
    assert "looks odd" in text
    assert "the files leave out" not in text
    assert "and 2 more" in text
    assert "10 of 12" in text
    assert "no usable light" not in text


def test_gsnr_below_zero_is_said_to_be_no_usable_light():
    network = random_mesh(np.random.default_rng(71), sites=4, chords=0, spans_max=1).network
    pairs = all_pairs(prepared_pairs(network, LIBRARY, spectrum=LIT))
    dark = replace(pairs, gsnr_db_min=pairs.gsnr_db_min - 60.0)
    text = shown(show_all_pairs, AllPairsAnswer(pairs=dark, warnings=(), assumptions=()))
    assert "no usable light" in text
    assert "Raman scattering" in text


def test_no_pairs_at_all_is_told():
    network = random_mesh(np.random.default_rng(71), sites=3, chords=0, spans_max=1).network
    pairs = all_pairs(prepared_pairs(network, LIBRARY, spectrum=LIT))
    nothing = replace(pairs, gsnr_db_mean=np.full((3, 3), np.nan), unlit_count=4)
    text = shown(show_all_pairs, AllPairsAnswer(pairs=nothing, warnings=(), assumptions=()))
    assert "No way leads" in text
    assert "4 channels not lit" in text


def test_wavelengths_beyond_their_margin_are_named():
    network = random_mesh(np.random.default_rng(72), sites=3, chords=0, spans_max=1).network
    plant = LoadedPlant(network=network, library=LIBRARY)
    orders = [
        WavelengthOrder(
            wavelength_id=f"w{n}",
            from_id="trx S0",
            to_id="trx S1",
            n=n,
            m=8,
            symbol_rate_gbaud=64.0,
        )
        for n in range(0, 320, 16)
    ]
    before = load_light(plant, network_load(plant, orders[1:]))
    after = relit(plant, before, network_load(plant, orders[:1], onto=before.load))
    changes = tuple(
        replace(one, margin_db_after=-0.5) if number == 0 else one
        for number, one in enumerate(wavelength_changes(before, after))
    )
    answer = WhatIfAnswer(
        before=before,
        after=after,
        lit_ids=("w0",),
        dropped_ids=(),
        changes=changes,
        warnings=(ODD,),
        assumptions=(ASSUMED,),
    )
    text = shown(show_what_if, answer)
    assert f"Beyond their margin after the change: {changes[0].wavelength_id}" in text
    assert "15 of 19 that change" in text
    assert "looks odd" in text
    assert "the files leave out" in text
