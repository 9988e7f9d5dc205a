"""Noise budgets of legs, told and computed."""

from datetime import date
from functools import cache
from unittest.mock import patch

from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.photonic.noise_budget import BudgetBand, NoiseBudget
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.planning.optical_plant import optical_plant
from karakoram.usecases.plan.hand_over_legs import HandOverQuestion, TellWords, hand_over_legs
from karakoram.usecases.plan.leg_words import LegWord, OwnSources
from tests.support.launches import Corridor
from tests.support.watched import types_unchecked

SOURCES = OwnSources(photonics=None, networks=Corridor())
TODAY = date(2026, 11, 28)


def band(lower_thz, upper_thz, gsnr_db=20.0):
    edges = FrequencyBand(lower_thz=lower_thz, upper_thz=upper_thz)
    return BudgetBand(band=edges, gsnr_db=gsnr_db, cd_ps_per_nm=1e4)


def budget(**figures):
    """A partner's leg over the whole C band."""
    values = {
        "operator_id": "OP",
        "from_site_id": "ZAF",
        "to_site_id": "ATL",
        "bands": (band(191.2, 193.7), band(193.7, 196.2, 21.0)),
        "pmd_ps": 1.0,
        "pdl_db": 0.5,
        "latency_ms": 2.5,
        "symbol_rate_gbaud": 131.0,
        "input_power_dbm": -16.0,
        "output_power_dbm": -14.0,
        "is_full_load": True,
        "valid_until": date(2027, 1, 1),
        "provenance": Provenance(source="a partner", confidence=Confidence.STATED),
    }
    return NoiseBudget(**{**values, **figures})


class GivenBudget:
    """A source that gives what it was given."""

    name = "partner.json"

    def __init__(self, given):
        self.given = given

    def read_budget(self):
        if isinstance(self.given, Exception):
            raise self.given
        return self.given


class KeptBudget:
    """A target that keeps what it is given."""

    kept = None

    def write_budget(self, told):
        self.kept = told


def joint(*legs, target=None, **words):
    """Legs put together: words that name some to compute, and budgets."""
    read = tuple(LegWord(word=leg) if isinstance(leg, str) else GivenBudget(leg) for leg in legs)
    with corridor_prepared_once():
        return hand_over_legs(
            HandOverQuestion(legs=read, on_day=TODAY, **words), sources=SOURCES, target=target
        )


@cache
@types_unchecked()
def corridor_plant():
    """Noise of the lines of the reference corridor."""
    return optical_plant(Corridor.network)


def corridor_prepared_once():
    """While it lasts the corridor, which never changes, is not prepared anew for every question."""
    return patch("karakoram.usecases.plan.leg_words.optical_plant", lambda _: corridor_plant())


def tell(**words):
    return TellWords(**{"operator": "NOR", "valid_until": date(2027, 6, 30), **words})


@cache
@types_unchecked()
def corridor_answer():
    """Two legs of the corridor, told as one."""
    return joint("corridor:CLS-CYB..ZAF", "corridor:ZAF..ATL", tell=tell())
