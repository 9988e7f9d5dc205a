"""What becomes of channels in one fibre, connectors, splices and Raman pumps included?"""

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.engines.optics.chain import Passage
from karakoram.engines.optics.channel_state import ChannelState
from karakoram.engines.optics.method import PropagationMethod, RamanModel
from karakoram.engines.optics.nonlinear import FibreType, PreparedNonlinear
from karakoram.engines.optics.power_profile import (
    LumpedLosses,
    PowerProfile,
    SpanNodes,
    attenuated_profile,
    raman_power_profile,
    span_nodes,
)
from karakoram.engines.optics.raman_boundary import RamanCollocation
from karakoram.engines.optics.raman_pumps import RamanPassage
from karakoram.engines.optics.raman_waves import RamanWaves
from karakoram.engines.optics.spectrum import Comb
from karakoram.engines.optics.spontaneous_raman import spontaneous_raman_input_power_w
from karakoram.engines.optics.srs import raman_gain_per_w_m, raman_transfer, raman_way

PUMPED_NODES = 81
"""Power of pumped channels rises again at the far end, so that nodes stand evenly."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedFibre:
    """All of a type of fibre that neither length nor power changes, for one comb and method."""

    attenuation_per_m: Float[np.ndarray, " channel"]
    decay_per_m: float
    interference: PreparedNonlinear
    needs_profile: bool
    """Whether interference asks for the power along the fibre."""
    raman_gain_per_w_m: Float[np.ndarray, "channel channel"] | None
    """What the channels give each other; None where scattering is left out."""
    raman_step_neper: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "attenuation_per_m", read_only(self.attenuation_per_m))


def prepared_fibre(
    fibre: FibreType,
    comb: Comb,
    method: PropagationMethod,
    *,
    raman_gain_per_w_m: Float[np.ndarray, "channel channel"] | None = None,
) -> PreparedFibre:
    """Kernels and gains of a type of fibre, once for all fibres of the type.

    Parameters
    ----------
    fibre, comb, method
        The type, the channels (launch powers are not used), the models.
    raman_gain_per_w_m
        Measured Raman gain between the channels; None is that of standard silica fibre.
    """
    scatters = method.raman is not RamanModel.NONE
    if scatters and raman_gain_per_w_m is None:
        raman_gain_per_w_m = raman_gain_per_w_m_of(fibre, comb.frequency_hz)
    return PreparedFibre(
        attenuation_per_m=np.broadcast_to(fibre.attenuation_per_m, comb.frequency_hz.shape),
        decay_per_m=fibre.decay_per_m,
        interference=method.nonlinear.prepared(fibre, comb),
        needs_profile=method.nonlinear.needs_profile,
        raman_gain_per_w_m=raman_gain_per_w_m if scatters else None,
        raman_step_neper=method.raman_step_neper,
    )


def raman_gain_per_w_m_of(
    fibre: FibreType, frequency_hz: Float[np.ndarray, " wave"]
) -> Float[np.ndarray, "wave wave"]:
    """Raman gain of standard silica between waves in a fibre of this area [1/(W m)]."""
    return raman_gain_per_w_m(reference_area_m2=fibre.reference_area_m2, frequency_hz=frequency_hz)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FibrePiece:
    """One fibre as it lies, whatever its type."""

    length_m: float
    input_loss: float
    """Padding and connector before the fibre: input over output power [1]."""
    output_loss: float
    """Connector after the fibre: input over output power [1]."""
    lumped: LumpedLosses | None
    """Losses inside, one row; None where there are none."""
    dispersion_s_per_m: Float[np.ndarray, " channel"]
    """Accumulated over the whole length at each channel."""
    pmd_s: float
    latency_s: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "dispersion_s_per_m", read_only(self.dispersion_s_per_m))
        assert self.length_m > 0.0
        assert self.input_loss >= 1.0
        assert self.output_loss >= 1.0

    def passed(self, state: ChannelState) -> ChannelState:
        """What dispersion, PMD and time become, power and noise left as they are."""
        return replace(
            state,
            dispersion_s_per_m=state.dispersion_s_per_m + self.dispersion_s_per_m,
            pmd_s=np.hypot(state.pmd_s, self.pmd_s),
            latency_s=state.latency_s + self.latency_s,
        )

    @property
    def lumped_loss(self) -> float:
        """All losses inside: input over output power [1]."""
        return 1.0 if self.lumped is None else float(self.lumped.loss.prod())


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FibrePassage(Passage):
    """Through a fibre without pumps.

    Order of effects: padding and input connector; interference, booked at the fibre's input;
    attenuation with what the channels give each other by Raman scattering; output connector.
    """

    fibre: PreparedFibre
    piece: FibrePiece
    nodes: SpanNodes
    """Where powers along the fibre are stated, if anybody asks."""
    passive_transmission: Float[np.ndarray, " channel"]
    """Output over input power of the fibre, connectors left out [1]."""

    def after(self, state: ChannelState) -> ChannelState:
        """Weaker channels, with the interference that arose."""
        fibre_w = state.power_w / self.piece.input_loss
        profile, transmission = self._course(fibre_w)
        ratio = self.fibre.interference.interference_ratio(
            power_w=fibre_w,
            length_m=np.full(fibre_w.shape[0], self.piece.length_m),
            profile=profile,
        )
        return replace(
            self.piece.passed(state),
            power_w=fibre_w * transmission / self.piece.output_loss,
            shares=state.shares.with_interference(ratio),
        )

    def _course(
        self, fibre_w: Float[np.ndarray, "row channel"]
    ) -> tuple[PowerProfile | None, Float[np.ndarray, "#row channel"]]:
        """Power along the fibre where it is needed, and output over input power [1]."""
        fibre = self.fibre
        attenuation_per_m = np.broadcast_to(fibre.attenuation_per_m, fibre_w.shape)
        if fibre.raman_gain_per_w_m is None:
            profile = None
            if fibre.needs_profile:
                profile = attenuated_profile(nodes=self.nodes, attenuation_per_m=attenuation_per_m)
            return profile, self.passive_transmission[None]
        if fibre.needs_profile or self.piece.lumped is not None:
            profile = raman_power_profile(
                power_w=fibre_w,
                attenuation_per_m=attenuation_per_m,
                gain_per_w_m=fibre.raman_gain_per_w_m,
                nodes=self.nodes,
            )
            return profile, profile.transmission
        moved = raman_transfer(
            power_w=fibre_w,
            way=raman_way(
                attenuation_per_m=_narrowed(fibre.attenuation_per_m),
                length_m=np.full((1, 1), self.piece.length_m),
            ),
            gain_per_w_m=fibre.raman_gain_per_w_m,
            step_neper=fibre.raman_step_neper,
        )
        return None, np.asarray(self.passive_transmission * moved)


def _narrowed(per_m: Float[np.ndarray, " channel"]) -> Float[np.ndarray, "1 #channel"]:
    """One figure where all channels have the same, which is faster to integrate."""
    is_flat = bool((per_m == per_m[0]).all())
    return per_m[None, :1] if is_flat else per_m[None]


def fibre_passage(fibre: PreparedFibre, piece: FibrePiece) -> FibrePassage:
    """A fibre of a prepared type, ready for any powers."""
    return FibrePassage(
        fibre=fibre,
        piece=piece,
        nodes=span_nodes(
            length_m=np.array([piece.length_m]), decay_per_m=fibre.decay_per_m, lumped=piece.lumped
        ),
        passive_transmission=read_only(
            np.exp(-fibre.attenuation_per_m * piece.length_m) / piece.lumped_loss
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FibrePumps:
    """Raman pumps of one fibre, and how they act on its channels."""

    frequency_hz: Float[np.ndarray, " pump"]
    is_counter: Bool[np.ndarray, " pump"]
    """Whether the pump enters at the far end."""
    power_w: Float[np.ndarray, " pump"]
    """Inside the fibre, behind the connector of the pump's end."""
    attenuation_per_m: Float[np.ndarray, " pump"]
    """Of the fibre at the pump's frequency."""
    temperature_k: float
    gain_per_w_m: Float[np.ndarray, "wave wave"]
    """Raman gain between channels and pumps, channels first [1/(W m)]."""

    def __post_init__(self) -> None:
        for name in ("frequency_hz", "power_w", "attenuation_per_m"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
        flags = np.array(self.is_counter, dtype=np.bool_)
        flags.flags.writeable = False
        object.__setattr__(self, "is_counter", flags)
        assert self.temperature_k > 0.0


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PumpedFibrePassage(Passage):
    """Through a fibre with Raman pumps, which amplify and add spontaneous emission.

    Order of effects: padding and input connector; interference and spontaneous emission, both
    booked at the fibre's input; gain and loss; output connector.
    """

    fibre: PreparedFibre
    piece: FibrePiece
    comb: Comb
    pumps: FibrePumps
    solver: RamanCollocation

    def after(self, state: ChannelState) -> ChannelState:
        """Amplified by the pumps, with the interference and the noise that arose.

        Raises
        ------
        ArithmeticError
            Where the Raman equations are not solved for these powers.
        """
        fibre_w = state.power_w / self.piece.input_loss
        passage = self.raman_passage(fibre_w)
        if not passage.is_solved.all():
            raise ArithmeticError(passage.profile.failures[0])
        rows = fibre_w.shape[0]
        ratio = self.fibre.interference.interference_ratio(
            power_w=fibre_w,
            length_m=np.full(rows, self.piece.length_m),
            profile=self._profile(passage) if self.fibre.needs_profile else None,
        )
        ase_w = spontaneous_raman_input_power_w(
            passage,
            symbol_rate_hz=self.comb.symbol_rate_hz,
            temperature_k=np.full(rows, self.pumps.temperature_k),
        )
        noisy_w = fibre_w + ase_w
        return replace(
            self.piece.passed(state),
            power_w=noisy_w * passage.fibre_transfer / self.piece.output_loss,
            shares=state.shares.with_interference(ratio).with_ase(ase_w / noisy_w),
        )

    def raman_passage(self, fibre_w: Float[np.ndarray, "row channel"]) -> RamanPassage:
        """Powers of channels and pumps along the fibre, for channels that enter it so strong."""
        rows, channels = fibre_w.shape
        pumps, piece = self.pumps, self.piece
        none = np.zeros((rows, 0))
        lumped = piece.lumped
        waves = RamanWaves(
            launch_power_w=np.hstack([fibre_w, np.tile(pumps.power_w, (rows, 1))]),
            is_counter=np.concatenate([np.zeros(channels, dtype=np.bool_), pumps.is_counter]),
            attenuation_per_m=np.tile(
                np.concatenate([self.fibre.attenuation_per_m, pumps.attenuation_per_m]), (rows, 1)
            ),
            length_m=np.full(rows, piece.length_m),
            gain_per_w_m=pumps.gain_per_w_m[None],
            type_index=np.zeros(rows, dtype=np.int64),
            lumped_position_m=none if lumped is None else np.tile(lumped.position_m, (rows, 1)),
            lumped_loss=none if lumped is None else np.tile(lumped.loss, (rows, 1)),
        )
        return RamanPassage(
            profile=self.solver.power_profile(waves),
            frequency_hz=self.comb.frequency_hz,
            pump_frequency_hz=pumps.frequency_hz,
            output_loss=np.full(rows, piece.output_loss),
        )

    def _profile(self, passage: RamanPassage) -> PowerProfile:
        rows = passage.profile.position_m.shape[0]
        position_m = np.linspace(0.0, self.piece.length_m, PUMPED_NODES)
        if self.piece.lumped is not None:
            twice_m = np.repeat(self.piece.lumped.position_m[0], 2)
            position_m = np.sort(np.concatenate([position_m, twice_m]))
        everywhere_m = np.tile(position_m, (rows, 1))
        return PowerProfile(position_m=everywhere_m, ratio=passage.channel_profile_at(everywhere_m))
