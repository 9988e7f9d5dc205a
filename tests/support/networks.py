"""Where is a small network folder, and what may any network look like?"""

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, NewType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from karakoram.adapters.formats.network_folder import read_network
from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.fields import Bounds
from karakoram.core.provenance import Figure, Provenance
from karakoram.core.time import DAY_MAX, DAY_MIN
from karakoram.network.network import DesignRules, Network
from karakoram.network.prices import ChargePeriod, PriceItem, PriceUnit
from karakoram.network.records import (
    Cable,
    CableMedium,
    Equipment,
    EquipmentKind,
    FailureClass,
    Handover,
    Operator,
    RiskGroup,
    Site,
    Span,
)
from karakoram.network.submarine import DesignBasis, SubmarineSystem
from karakoram.refdata.equipment import (
    AmplifierType,
    EquipmentLibrary,
    FibreType,
    RoadmType,
    TransceiverMode,
)
from karakoram.refdata.library import read_library

SMALL_FOLDER = Path(__file__).parents[1] / "data" / "networks" / "small"
"""Six sites, three operators, two submarine systems; every table filled."""

PACKAGED = read_library()


def small_folder_network() -> Network:
    """The network of ``SMALL_FOLDER``."""
    return read_network(SMALL_FOLDER)


def small_folder_files() -> dict[str, bytes]:
    """The content of each file of ``SMALL_FOLDER``, by name."""
    return {path.name: path.read_bytes() for path in sorted(SMALL_FOLDER.iterdir())}


class MemoryFolder(Traversable):
    """A folder, or a file of it, that is nowhere on the disk."""

    def __init__(self, files: dict[str, bytes], name: str = "") -> None:
        self._files = files
        self._name = name

    @property
    def name(self) -> str:
        return self._name or "memory"

    def iterdir(self):
        return iter([MemoryFolder(self._files, name) for name in self._files])

    def is_dir(self) -> bool:
        return not self._name

    def is_file(self) -> bool:
        return self._name in self._files

    def joinpath(self, *descendants):
        return MemoryFolder(self._files, "/".join(map(str, descendants)))

    def __truediv__(self, child):
        return self.joinpath(child)

    def open(self, mode="r", *args, **kwargs):
        assert mode == "rb"
        return BytesIO(self._files[self._name])

    def read_bytes(self) -> bytes:
        return self._files[self._name]

    def read_text(self, encoding=None) -> str:
        return self.read_bytes().decode(encoding or "utf-8")

    def __str__(self) -> str:
        return self.name


texts = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\t\n\r")),
    max_size=12,
)
"""Any text that a file can hold, line ends, quotes and commas among it."""

words = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cf", "Z"], exclude_characters=";"),
        min_size=1,
        max_size=8,
    )
    .map(str.strip)
    .filter(bool)
)
"""Any identifier."""

amounts = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(0, 10**12),
    st.integers(0, 12),
)

_BY_TYPE = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(-(10**17), 10**17),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Decimal: amounts,
    date: st.dates(DAY_MIN, DAY_MAX),
}


def values_of(hint) -> st.SearchStrategy:
    """Any value that a table can hold of a field of type ``hint``."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        bounds = next(extra for extra in arguments[1:] if isinstance(extra, Bounds))
        return (_integers_within if arguments[0] is int else _floats_within)(bounds)
    if origin in (Union, UnionType):
        return st.one_of(*(st.none() if arm is NoneType else values_of(arm) for arm in arguments))
    if origin is tuple:
        return st.lists(words, max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if hint is Provenance:
        return records_of(Provenance)
    return words if isinstance(hint, NewType) else _BY_TYPE[hint]


def records_of(record_type, **fixed: st.SearchStrategy) -> st.SearchStrategy:
    """Any record of a type; the fields in ``fixed`` are drawn from what is given."""
    hints = get_type_hints(record_type, include_extras=True)
    drawn = {
        field.name: fixed.get(field.name, values_of(hints[field.name]))
        for field in fields(record_type)
    }
    return st.fixed_dictionaries(drawn).map(lambda values: _built(record_type, values))


def _built(record_type, values):
    """The record; the type checks of the tests roll dice, which a strategy must not."""
    state = random.getstate()
    try:
        return record_type(**values)
    finally:
        random.setstate(state)


def _integers_within(bounds: Bounds) -> st.SearchStrategy:
    return st.integers(min_value=int(bounds.at_least), max_value=int(bounds.at_most))


def _floats_within(bounds: Bounds) -> st.SearchStrategy:
    least = bounds.above if bounds.above is not None else bounds.at_least
    return st.floats(
        min_value=least,
        max_value=bounds.at_most,
        exclude_min=bounds.above is not None,
        allow_nan=False,
        allow_infinity=False,
    )


def _table(draw, record_type, *, keys, **fixed):
    """A mapping of one record per key, the key being the first field."""
    key_field = fields(record_type)[0].name
    return {
        key: draw(records_of(record_type, **{**fixed, key_field: st.just(key)})) for key in keys
    }


_keys = st.lists(words, min_size=1, max_size=4, unique=True)
_some_keys = st.lists(words, max_size=3, unique=True)


_SOUND = {
    FibreType: {
        "attenuation_db_per_km": st.floats(0.15, 0.3),
        "dispersion_ps_per_nm_km": st.floats(1.0, 25.0),
    },
    AmplifierType: {
        "gain_db_max": st.floats(50.0, 60.0),
        "output_power_dbm_max": st.floats(35.0, 40.0),
    },
    RoadmType: {"output_power_dbm": st.floats(-20.0, 0.0)},
    TransceiverMode: {
        "spacing_ghz_min": st.integers(8, 16).map(lambda slots: slots * 12.5),
        "symbol_rate_gbaud": st.floats(1.0, 100.0),
    },
    SubmarineSystem: {
        "repeater_spacing_km": st.floats(40.0, 100.0),
        "repeater_output_power_dbm": st.floats(0.0, 20.0),
        "usable_bandwidth_thz": st.floats(1.0, 4.5),
    },
    Span: {
        "length_km": st.floats(0.5, 10_000.0),
        "attenuation_db_per_km": st.none() | st.floats(0.15, 0.3),
    },
}
"""Figures that do not contradict those of other records."""

_SOUND_RULES = {
    "ots_length_km_max": (40.0, 80.0),
    "launch_power_dbm": (0.0, 5.0),
    "connector_loss_db": (0.0, 1.0),
    "band_lower_thz": (191.0, 192.0),
    "band_upper_thz": (195.0, 196.0),
}


@st.composite
def libraries(draw) -> EquipmentLibrary:
    """The packaged library, with some of its tables replaced."""
    library = PACKAGED
    for table, record_type in (
        ("fibre_types", FibreType),
        ("amplifier_types", AmplifierType),
        ("roadm_types", RoadmType),
        ("transceiver_modes", TransceiverMode),
    ):
        if record_type is AmplifierType or draw(st.booleans()):
            records = _table(draw, record_type, keys=draw(_keys), **_SOUND[record_type])
            library = replace(library, **{table: records})
    return library


def _one_of(records) -> st.SearchStrategy:
    return st.sampled_from(list(records))


@st.composite
def design_rules(draw, library: EquipmentLibrary) -> DesignRules:
    """Figures of any provenance, in their order."""
    figures = {
        field.name: Figure(
            value=draw(st.floats(*_SOUND_RULES.get(field.name, (0.1, 30.0)))),
            provenance=draw(records_of(Provenance)),
        )
        for field in fields(DesignRules)
        if not field.name.endswith("_id")
    }
    amplifiers = _one_of(library.amplifier_types)
    return DesignRules(
        **figures,
        booster_type_id=draw(amplifiers),
        line_amplifier_type_id=draw(amplifiers),
        preamplifier_type_id=draw(amplifiers),
        roadm_type_id=draw(_one_of(library.roadm_types)),
    )


@st.composite
def networks(draw) -> Network:
    """Any sound network of a handful of records."""
    library = draw(libraries())
    operators = _table(draw, Operator, keys=draw(_keys))
    operator = _one_of(operators)
    sites = _table(
        draw,
        Site,
        keys=draw(st.lists(words, min_size=2, max_size=4, unique=True)),
        operator_ids=st.lists(operator, max_size=2).map(tuple),
    )
    cables = _table(
        draw,
        Cable,
        keys=draw(_keys),
        owner_id=operator,
        fibre_type_id=_one_of(library.fibre_types),
    )
    groups = _table(draw, RiskGroup, keys=draw(_some_keys))
    classes = _table(draw, FailureClass, keys=draw(_keys))
    spans = _spans(
        draw, sites=sites, cables=cables, operator=operator, groups=groups, classes=classes
    )
    return Network(
        name=draw(texts),
        description=draw(texts),
        currency=(currency := draw(st.sampled_from(sorted(MINOR_DIGITS)))),
        operators=operators,
        sites=sites,
        cables=cables,
        submarine_systems=_table(
            draw,
            SubmarineSystem,
            keys=[key for key in cables if cables[key].medium is CableMedium.SUBMARINE],
            landing_party_id=operator,
            repeater_type_id=_one_of(library.amplifier_types),
            design_basis=st.just(DesignBasis.REPEATERS),
            **_SOUND[SubmarineSystem],
        ),
        spans=spans,
        risk_groups=groups,
        failure_classes=classes,
        handovers=_handovers(draw, spans, list(operators)),
        equipment=_equipment(draw, sites, library),
        prices=_prices(draw, list(operators), currency),
        rules=draw(design_rules(library)),
        library=library,
    )


def _spans(draw, *, sites, cables, operator, groups, classes) -> dict[str, Span]:
    spans = {}
    for key in draw(_some_keys):
        a_site, z_site = draw(st.permutations(list(sites)))[:2]
        spans |= _table(
            draw,
            Span,
            keys=[key],
            a_site_id=st.just(a_site),
            z_site_id=st.just(z_site),
            cable_id=_one_of(cables),
            operator_id=operator,
            owner_id=operator,
            failure_class_id=_one_of(classes),
            risk_group_ids=st.lists(_one_of(groups), max_size=2).map(tuple)
            if groups
            else st.just(()),
            **_SOUND[Span],
        )
    return spans


def _handovers(draw, spans, operators) -> dict[str, Handover]:
    """Hand-overs in the order of the operators, where spans of two of them meet."""
    meeting: dict[str, set[str]] = {}
    for span in spans.values():
        for site in (span.a_site_id, span.z_site_id):
            meeting.setdefault(site, set()).add(span.operator_id)
    pairs = [
        (site, giver, taker)
        for site, present in meeting.items()
        for giver in present
        for taker in present
        if operators.index(giver) < operators.index(taker)
    ]
    handovers = {}
    for number, (site, giver, taker) in enumerate(pairs):
        handovers |= _table(
            draw,
            Handover,
            keys=[f"{number} {giver}"],
            site_id=st.just(site),
            from_operator_id=st.just(giver),
            to_operator_id=st.just(taker),
        )
    return handovers


def _equipment(draw, sites, library) -> dict[str, Equipment]:
    equipment = {}
    for key in draw(_some_keys):
        kind = draw(st.sampled_from(EquipmentKind))
        types = library.roadm_types if kind is EquipmentKind.ROADM else library.amplifier_types
        equipment |= _table(
            draw,
            Equipment,
            keys=[key],
            site_id=_one_of(sites),
            kind=st.just(kind),
            type_id=_one_of(types),
        )
    return equipment


def _prices(draw, operators, currency) -> dict[str, PriceItem]:
    """At most one price per operator, unit and period, so that none contradicts another."""
    subjects = st.tuples(
        st.sampled_from(operators), st.sampled_from(PriceUnit), st.sampled_from(ChargePeriod)
    )
    prices = {}
    for number, (operator, unit, period) in enumerate(
        draw(st.lists(subjects, max_size=3, unique=True))
    ):
        begin = draw(st.none() | st.dates(DAY_MIN, date(2100, 1, 1)))
        end = draw(st.none() | st.integers(1, 10_000))
        prices |= _table(
            draw,
            PriceItem,
            keys=[f"P{number}"],
            operator_id=st.just(operator),
            unit=st.just(unit),
            period=st.just(period),
            currency=st.just(currency),
            valid_from=st.just(begin),
            valid_to=st.just(end and (begin or date(2026, 1, 1)) + timedelta(days=end)),
        )
    return prices
