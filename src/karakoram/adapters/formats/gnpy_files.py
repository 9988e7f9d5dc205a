"""Which files of GNPy does a photonic network come from?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.reading import Reading
from karakoram.adapters.formats.gnpy.services import read_gnpy_services
from karakoram.adapters.formats.gnpy.simulation import read_gnpy_simulation
from karakoram.adapters.formats.gnpy.spectrum import read_gnpy_spectrum
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Place, errors_of
from karakoram.usecases.light.photonic_ports import PhotonicMaterial


@dataclass(frozen=True, slots=True, kw_only=True)
class GnpyFiles:
    """A network file, an equipment file, and perhaps others that say what to light and how."""

    network: Path
    equipment: Path
    spectrum: Path | None = None
    simulation: Path | None = None
    services: Path | None = None

    def read_photonics(self) -> PhotonicMaterial:
        """What the files hold; refused with every finding of all files that could be read."""
        library = read_gnpy_equipment(self.equipment)
        spectrum = None if self.spectrum is None else read_gnpy_spectrum(self.spectrum)
        simulation = None if self.simulation is None else read_gnpy_simulation(self.simulation)
        readings: list[Reading[Any]] = [
            reading for reading in (library, spectrum, simulation) if reading is not None
        ]
        network, requests = None, None
        if library.value is not None:
            network = read_gnpy_network(self.network, library.value)
            readings.insert(1, network)
            if self.services is not None:
                requests = read_gnpy_services(self.services, library.value, network=network.value)
                readings.append(requests)
        findings = tuple(finding for reading in readings for finding in reading.findings)
        if errors_of(findings) or network is None or network.value is None:
            raise InvalidDataError(findings)
        return PhotonicMaterial(
            network=network.value,
            library=library.required(),
            spectrum=None if spectrum is None else spectrum.required(),
            simulation=None if simulation is None else simulation.required(),
            requests=None if requests is None else requests.required(),
            warnings=findings,
            assumptions=tuple(one for reading in readings for one in reading.assumptions),
            places=self._places(),
        )

    def _places(self) -> dict[str, Place]:
        """Files by table; a comb that is not stated by itself is that of the equipment."""
        network, equipment = self.network.name, self.equipment.name
        light = Place(table="spectrum", file=equipment, field="SI")
        if self.spectrum is not None:
            light = Place(table="spectrum", file=self.spectrum.name, field="spectrum")
        more = {}
        if self.services is not None:
            more["requests"] = Place(table="requests", file=self.services.name)
        if self.simulation is not None:
            more["simulation"] = Place(table="simulation", file=self.simulation.name)
        return {
            **more,
            "transceiver_types": Place(table="transceiver_types", file=equipment),
            "elements": Place(table="elements", file=network),
            "amplifier_types": Place(table="amplifier_types", file=equipment),
            "spectrum": light,
        }
