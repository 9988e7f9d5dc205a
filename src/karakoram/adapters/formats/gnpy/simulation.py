"""Which methods does a simulation-parameter file of GNPy ask for?"""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path

from karakoram.adapters.formats.gnpy.fields import (
    Entry,
    Field,
    Parse,
    boolean,
    find_unknown_members,
    made,
    number,
    numbers,
    value_shown,
    values_of,
    whole,
    word,
)
from karakoram.adapters.formats.gnpy.json_file import read_document
from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.gnpy.units import KM_FROM_M
from karakoram.core.cells import CellBreach, did_you_mean
from karakoram.network.photonic.simulation import (
    InterferenceSettings,
    NonlinearMethod,
    ScatteringMethod,
    ScatteringSettings,
    SimulationSettings,
)

NAMESPACE = "gnpy-sim-params:sim-params"


def _worded(enumeration: type[Enum]) -> Parse:
    by_word: Mapping[str, Enum] = {str(member.value): member for member in enumeration}

    def parse(value: object, _: Decimal) -> object:
        name = word(value).lower()
        if name in by_word:
            return by_word[name]
        return CellBreach(
            code="unknown-word",
            message=f"{value_shown(value)} must be one of {', '.join(by_word)}"
            + did_you_mean(name, by_word),
        )

    return parse


def _channels(value: object, scale: Decimal) -> object:
    parsed = numbers(value, scale)
    if not isinstance(parsed, tuple):
        return parsed
    if any(channel != int(channel) for channel in parsed):
        return CellBreach(code="not-a-whole-number", message="must be whole numbers from 1")
    return tuple(int(channel) for channel in parsed)


_SCATTERING = (
    Field(name="is_on", key="flag", parse=boolean, default=False),
    Field(
        name="method",
        key="method",
        parse=_worded(ScatteringMethod),
        default=ScatteringMethod.PERTURBATIVE,
    ),
    Field(name="order", key="order", parse=whole, default=2),
    Field(
        name="result_step_km",
        key="result_spatial_resolution",
        parse=number,
        scale=KM_FROM_M,
        unit="m",
        default=10.0,
    ),
    Field(
        name="solver_step_km",
        key="solver_spatial_resolution",
        parse=number,
        scale=KM_FROM_M,
        unit="m",
        default=10.0,
    ),
)
_INTERFERENCE = (
    Field(
        name="method",
        key="method",
        parse=_worded(NonlinearMethod),
        default=NonlinearMethod.GN_ANALYTIC,
    ),
    Field(name="dispersion_tolerance", key="dispersion_tolerance", parse=number, default=4.0),
    Field(name="phase_shift_tolerance", key="phase_shift_tolerance", parse=number, default=0.1),
    Field(name="channels", key="computed_channels", parse=_channels, default=None),
    Field(name="channel_count", key="computed_number_of_channels", parse=whole, default=None),
)
_SECTIONS = ("raman_params", "nli_params")


def read_gnpy_simulation(path: Path) -> Reading[SimulationSettings]:
    """The methods that a simulation-parameter file of GNPy asks for, of either style.

    GNPy leaves stimulated Raman scattering off where a file says nothing of it; that is kept, and
    told as an assumption.
    """
    log = Log(path.name)
    document = read_document(path, log)
    if document is None:
        return log.reading(None)
    root = Entry(value=document, path="", log=log)
    if NAMESPACE in document:
        root = root.child(NAMESPACE)
    if not any(section in root.members for section in _SECTIONS):
        root.find("not-sim-params", f"holds neither {' nor '.join(_SECTIONS)}; name such a file")
        return log.reading(None)
    find_unknown_members(root, _SECTIONS)
    raman, nli = (root.child(section) for section in _SECTIONS)
    find_unknown_members(raman, [field.key for field in _SCATTERING])
    find_unknown_members(nli, [field.key for field in _INTERFERENCE])
    scattering = made(
        raman,
        ScatteringSettings,
        values_of(raman, _SCATTERING, record_type=ScatteringSettings),
    )
    values = values_of(nli, _INTERFERENCE, record_type=InterferenceSettings)
    if values is not None:
        values["channels"] = values["channels"] or ()
    interference = made(nli, InterferenceSettings, values)
    if scattering is None or interference is None:
        return log.reading(None)
    return log.reading(SimulationSettings(scattering=scattering, interference=interference))
