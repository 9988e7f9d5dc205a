"""What must be set before light can run along a path, and is not?"""

from collections.abc import Iterator, Mapping, Sequence

from karakoram.core.findings import Finding, Place
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    MultibandAmplifier,
)
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId

_SETTINGS: Mapping[str, str] = {
    "gain_db": "its gain",
    "tilt_db": "its tilt",
    "output_voa_db": "its output attenuator",
}


def missing_settings(network: PhotonicNetwork, path: Sequence[ElementId]) -> tuple[Finding, ...]:
    """Types and settings that the amplifiers of a path leave to the design, element by element."""
    return tuple(finding for element_id in path for finding in _missing(network, element_id))


def _missing(network: PhotonicNetwork, element_id: ElementId) -> Iterator[Finding]:
    match network.elements[element_id]:
        case Amplifier(amplifier_type_id=type_id, settings=settings):
            if type_id is None:
                yield _finding(element_id, "amplifier_type_id", "its type")
            yield from _unset(element_id, settings, field="settings")
        case MultibandAmplifier(bands=bands):
            if not bands:
                yield _finding(element_id, "bands", "its amplifiers, band by band")
            for index, band in enumerate(bands):
                yield from _unset(element_id, band.settings, field=f"bands[{index}].settings")
        case _:
            pass


def _unset(element_id: ElementId, settings: AmplifierSettings, *, field: str) -> Iterator[Finding]:
    for name, words in _SETTINGS.items():
        if getattr(settings, name) is None:
            yield _finding(element_id, f"{field}.{name}", words)


def _finding(element_id: ElementId, field: str, words: str) -> Finding:
    return Finding(
        code="not-set",
        place=Place(table="elements", record=element_id, field=field),
        message=f"{words} is not stated; state it, or let the network be designed",
    )
