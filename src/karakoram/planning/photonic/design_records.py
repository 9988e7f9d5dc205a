"""What does the design of a photonic network start from, and what does it give?"""

from dataclasses import dataclass

from karakoram.core.findings import Finding
from karakoram.core.identifiers import AmplifierTypeId
from karakoram.network.photonic.equipment import (
    PhotonicLibrary,
    SpanDesign,
    SpectrumInformation,
)
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.simulation import ScatteringSettings
from karakoram.network.photonic.spectral import DesignBand, ElementId, FrequencyBand
from karakoram.network.photonic.spectrum import SpectrumPart


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignBasis:
    """The types and figures that a design works with."""

    library: PhotonicLibrary
    spectrum: SpectrumInformation
    """The comb whose channel is the reference."""
    span: SpanDesign
    scattering: ScatteringSettings | None = None
    """Raman scattering between the bands of multiband lines; ``None`` or off leaves it out."""
    lit: tuple[SpectrumPart, ...] = ()
    """Channels that load the amplifiers; empty for a full comb of reference channels."""

    @property
    def counts_scattering(self) -> bool:
        """Whether the design of multiband lines counts Raman scattering between channels."""
        return self.scattering is not None and self.scattering.is_on

    @property
    def bands(self) -> tuple[DesignBand, ...]:
        """For what a node that states no bands is designed: every comb of the library."""
        others = (comb for name, comb in self.library.spectra.items() if name != "default")
        return tuple(
            DesignBand(band=comb.band, spacing_ghz=comb.spacing_ghz)
            for comb in (self.spectrum, *others)
        )

    @property
    def emitted_dbm(self) -> float:
        """Power of a channel out of its transceiver [dBm]."""
        power_dbm = self.spectrum.tx_power_dbm
        return self.spectrum.power_dbm if power_dbm is None else power_dbm


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignedAmplifier:
    """What the design made of one amplifier, or of one band of a multiband amplifier."""

    element_id: ElementId
    amplifier_type_id: AmplifierTypeId | None
    """``None`` where no amplifier fits; a finding says why."""
    band: FrequencyBand
    """For which it is designed."""
    is_new: bool
    """Whether the design put it there."""
    is_chosen: bool
    """Whether the design chose its type."""
    gain_db: float
    tilt_db: float
    output_voa_db: float
    channel_power_dbm: float
    """Of a reference channel after the output attenuator."""
    total_power_dbm: float
    """Of a full comb before the output attenuator; noise left out."""
    noise_figure_db: float
    """At this gain and the input power of a full comb; not-a-number without a type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignedSection:
    """One OMS as designed."""

    from_id: ElementId
    to_id: ElementId
    length_km: float
    amplifiers: tuple[DesignedAmplifier, ...]
    """In the direction of light, bands of one amplifier side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignedNetwork:
    """A network with every amplifier placed, chosen and set."""

    network: PhotonicNetwork
    """Where the findings hold no error, light can be propagated through it as it is."""
    sections: tuple[DesignedSection, ...]
    findings: tuple[Finding, ...]
