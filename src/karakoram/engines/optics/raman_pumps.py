"""What do Raman pumps make of the channels that cross a fibre section?"""

import dataclasses
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.fibre import FibreColumns
from karakoram.engines.optics.power_profile import LumpedLosses
from karakoram.engines.optics.raman_boundary import RamanCollocation
from karakoram.engines.optics.raman_waves import RamanPowerProfile, RamanWaves
from karakoram.engines.optics.srs import raman_gain_per_w_m


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RamanPumpColumns:
    """The pumps of sections; a section that lacks one of them has zero power there."""

    frequency_hz: Float[np.ndarray, " pump"]
    is_counter: Bool[np.ndarray, " pump"]
    """Whether the pump enters at the far end and travels against the channels."""
    power_w: Float[np.ndarray, "section pump"]
    """Power inside the fibre, behind the connector of the end where the pump enters."""
    attenuation_per_m: Float[np.ndarray, "section pump"]
    """Power attenuation coefficient of the fibre at the pump's frequency."""

    def __post_init__(self) -> None:
        for name in ("frequency_hz", "power_w", "attenuation_per_m"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        flags = np.array(self.is_counter, dtype=np.bool_)
        flags.flags.writeable = False
        object.__setattr__(self, "is_counter", flags)
        assert flags.shape == self.frequency_hz.shape
        assert self.power_w.shape[1:] == self.frequency_hz.shape
        assert self.attenuation_per_m.shape == self.power_w.shape
        assert (self.frequency_hz > 0.0).all()
        assert (self.power_w >= 0.0).all()
        assert (self.attenuation_per_m > 0.0).all()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RamanPassage:
    """What pumped sections do to channels; a section without a solution is not-a-number."""

    profile: RamanPowerProfile
    """Channels first, in their order, then the pumps, in theirs."""
    frequency_hz: Float[np.ndarray, " channel"]
    pump_frequency_hz: Float[np.ndarray, " pump"]
    output_loss: Float[np.ndarray, " section"]
    """Connector after the fibre: input over output power [1]."""

    @property
    def channel_count(self) -> int:
        """Number of channels [1]."""
        return int(self.frequency_hz.size)

    @property
    def is_solved(self) -> Bool[np.ndarray, " section"]:
        """Which sections have a solution; ``profile.failures`` says why the others have none."""
        return self.profile.is_solved

    @property
    def channel_power_w(self) -> Float[np.ndarray, "section node channel"]:
        """Power of the channels inside the fibre at ``profile.position_m`` [W]."""
        return self.profile.power_w[..., : self.channel_count]

    @property
    def pump_power_w(self) -> Float[np.ndarray, "section node pump"]:
        """Power of the pumps inside the fibre at ``profile.position_m`` [W]."""
        return self.profile.power_w[..., self.channel_count :]

    @property
    def fibre_transfer(self) -> Float[np.ndarray, "section channel"]:
        """Power at the fibre's end over power at its beginning, inside the connectors [1]."""
        return self.profile.total_gain[:, -1, : self.channel_count]

    @property
    def output_power_w(self) -> Float[np.ndarray, "section channel"]:
        """Power of the channels after the output connector [W]."""
        return np.asarray(self.channel_power_w[:, -1] / self.output_loss[:, None])

    def channel_profile_at(
        self, position_m: Float[np.ndarray, "section at"]
    ) -> Float[np.ndarray, "section at channel"]:
        """Power of the channels over their power at the fibre's beginning, anywhere [1].

        Positions as in :meth:`RamanPowerProfile.total_gain_at`.
        """
        return self.profile.total_gain_at(position_m)[..., : self.channel_count]


def raman_passage(
    fibre: FibreColumns,
    pumps: RamanPumpColumns,
    *,
    frequency_hz: Float[np.ndarray, " channel"],
    power_w: Float[np.ndarray, "section channel"],
    lumped: LumpedLosses | None = None,
    method: RamanCollocation | None = None,
) -> RamanPassage:
    """Powers of channels and pumps along pumped sections.

    Every wave exchanges power with every other, pumps and channels alike, by the measured
    gain of silica; the quantum defect is left out as in :func:`raman_gain_per_w_m`. Not
    included: what spontaneous emission takes from the pumps, Rayleigh scattering, and the
    polarisation of the pumps (they are taken to be depolarised).

    Parameters
    ----------
    fibre
        Sections with the single axis [section].
    pumps
        Pumps of each section.
    frequency_hz
        Channel central frequencies [Hz].
    power_w
        Total channel power before the input connector [W].
    lumped
        Losses inside the fibres, one row per section.
    method
        How the equations are solved.

    References
    ----------
    .. [1] J. Bromage, J. Lightwave Technol. 22, 79 (2004), equation 1.
    """
    sections = fibre.length_m.size
    assert fibre.length_m.ndim == 1, "sections stand along one axis"
    channel_attenuation_per_m = fibre.attenuation_per_m[:, None]
    if fibre.attenuation_offset_per_m is not None:
        channel_attenuation_per_m = channel_attenuation_per_m + fibre.attenuation_offset_per_m
    wave_hz = np.concatenate([frequency_hz, pumps.frequency_hz])
    areas_m2, type_index = np.unique(fibre.effective_area_m2, return_inverse=True)
    none = np.zeros((sections, 0))
    waves = RamanWaves(
        launch_power_w=np.concatenate([power_w / fibre.input_loss[:, None], pumps.power_w], axis=1),
        is_counter=np.concatenate([np.zeros(frequency_hz.size, dtype=np.bool_), pumps.is_counter]),
        attenuation_per_m=np.concatenate(
            [np.broadcast_to(channel_attenuation_per_m, power_w.shape), pumps.attenuation_per_m],
            axis=1,
        ),
        length_m=fibre.length_m,
        gain_per_w_m=np.stack(
            [
                raman_gain_per_w_m(reference_area_m2=float(area_m2), frequency_hz=wave_hz)
                for area_m2 in areas_m2
            ]
        ),
        type_index=type_index,
        lumped_position_m=none if lumped is None else lumped.position_m,
        lumped_loss=none if lumped is None else lumped.loss,
    )
    return RamanPassage(
        profile=(method or RamanCollocation()).power_profile(waves),
        frequency_hz=read_only(frequency_hz),
        pump_frequency_hz=pumps.frequency_hz,
        output_loss=fibre.output_loss,
    )


def on_off_gain(
    passage: RamanPassage, *, method: RamanCollocation | None = None
) -> Float[np.ndarray, "section channel"]:
    """Output power with the pumps on over output power with them off [1].

    With the pumps off the channels still exchange power among themselves.
    """
    waves = passage.profile.waves
    dark_w = waves.launch_power_w.copy()
    dark_w[:, passage.channel_count :] = 0.0
    dark = dataclasses.replace(waves, launch_power_w=dark_w)
    off = (method or RamanCollocation()).power_profile(dark)
    return np.asarray(passage.fibre_transfer / off.total_gain[:, -1, : passage.channel_count])
