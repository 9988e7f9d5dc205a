"""How often is a request blocked when light must reach, under the load that is really there?"""

import numpy as np

from karakoram.core.units import db_from_linear
from karakoram.engines.spectrum.candidates import Outcome
from karakoram.engines.spectrum.light import Light
from karakoram.engines.spectrum.lit_provision import noise_of, provision_lit
from karakoram.engines.spectrum.lit_state import MODULATION, WIDTH, LightState, dark_light
from karakoram.engines.spectrum.occupancy import DARK, dark_state
from karakoram.engines.spectrum.provision import Requests
from karakoram.engines.traffic import RandomSources, empty_tally
from karakoram.planning.traffic.case import TrafficCase
from karakoram.planning.traffic.simulation import (
    LitModulation,
    TrafficRun,
    chunks_of,
    load_loops,
    no_requests,
    traffic_run,
)


def any_run(case: TrafficCase, sources: RandomSources) -> TrafficRun:
    """All requests of a case, judged by light where it has any, else by its widths."""
    return traffic_run(case, sources) if case.light is None else lit_run(case, sources)


def load_any_loops(case: TrafficCase) -> None:
    """Load the compiled loops that a run of the case needs, so that no run waits for them."""
    if case.light is None:
        load_loops(case)
    else:
        provision_lit(_dark(case), no_requests(), paths=case.candidates, light=case.light)


def lit_run(case: TrafficCase, sources: RandomSources) -> TrafficRun:
    """All requests of a case, from a dark network on, each under the load that is really there.

    Parameters
    ----------
    case
        What is simulated, with light of its sections and bit rates; its heuristic is first fit on
        the first path that light crosses.
    sources
        Its randomness; the same sources give the same run, to the last bit.
    """
    light = case.light
    assert light is not None, "a case without light is judged by its widths"
    state = _dark(case)
    tally = empty_tally(case.plan, outcome_count=len(Outcome))
    for chunk in chunks_of(case, sources):
        done = provision_lit(state, Requests(*chunk), paths=case.candidates, light=light)
        state = done.state
        tally = tally.with_outcomes(
            done.outcomes.outcome, bit_rate=chunk.bit_rate, bit_rate_gbps=case.bit_rate_gbps
        )
    lit_path = state.spectrum.occupancy.lit_path
    segments = np.diff(case.candidates.segment_begin)[lit_path[lit_path != DARK]]
    return TrafficRun(
        tally=tally,
        lit_count=state.spectrum.lit_count,
        light=_lit_modulations(state, light),
        regenerators=int((segments - 1).sum()),
    )


def _dark(case: TrafficCase) -> LightState:
    return dark_light(dark_state(case.candidates, usable=case.usable), case.candidates)


def _lit_modulations(state: LightState, light: Light) -> tuple[LitModulation, ...]:
    """What is lit with each modulation."""
    lit = state.light.channel[:, WIDTH] > 0
    modulation = state.light.channel[lit, MODULATION]
    gsnr_db = db_from_linear(1.0 / noise_of(state))
    needed_db = db_from_linear(light.snr_needed)
    return tuple(
        LitModulation(
            snr_needed_db=float(needed_db[number]),
            lit_count=int((modulation == number).sum()),
            gsnr_db_min=float(np.min(gsnr_db, where=modulation == number, initial=np.inf)),
        )
        for number in range(needed_db.size)
    )
