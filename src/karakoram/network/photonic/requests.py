"""Which paths does somebody ask a photonic network for?"""

from dataclasses import dataclass
from typing import Annotated

from karakoram.core.fields import Bounds, check_fields
from karakoram.network.photonic.spectral import (
    ChannelPowerMw,
    ElementId,
    SpacingGhz,
    TransceiverTypeId,
)

SlotIndex = Annotated[int, Bounds(at_least=-100_000.0, at_most=100_000.0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotWish:
    """A frequency slot that a request asks for; ``None`` leaves it open (ITU-T G.694.1)."""

    n: SlotIndex | None = None
    """Centre is 193.1 THz + n x 6.25 GHz."""
    m: Annotated[int, Bounds(at_least=1.0, at_most=10_000.0)] | None = None
    """Width is m x 12.5 GHz."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteHop:
    """An element that a path is to pass."""

    element_id: ElementId
    is_strict: bool
    """Whether the request fails if it cannot be passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRequest:
    """One path with its transceivers, as asked for."""

    request_id: str
    from_id: ElementId
    to_id: ElementId
    is_bidirectional: bool
    transceiver_type_id: TransceiverTypeId
    mode: str | None = None
    """``None``: the best that the path carries."""
    spacing_ghz: SpacingGhz
    bit_rate_gbps: Annotated[float, Bounds(at_least=0.0, at_most=1e6)]
    """In all; it may take several channels."""
    channels: Annotated[int, Bounds(at_least=1.0, at_most=10_000.0)] | None = None
    """How many light the path in the calculation; ``None`` as many as fit in the band."""
    power_mw: ChannelPowerMw | None = None
    """Launch power of a channel into a span; ``None`` is that of the design."""
    tx_power_mw: ChannelPowerMw | None = None
    """Of a channel out of its transceiver; ``None`` is that of the design."""
    slots: tuple[SlotWish, ...] = ()
    route: tuple[RouteHop, ...] = ()

    def __post_init__(self) -> None:
        check_fields(self)
        if self.from_id == self.to_id:
            raise ValueError(f"PathRequest.to_id must differ from from_id, got {self.to_id!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisjunctionRequest:
    """Requests whose paths are to share nothing of a kind."""

    disjunction_id: str
    request_ids: tuple[str, ...]
    is_relaxable: bool
    """Whether paths that share something are better than none."""
    avoids_shared_lines: bool
    avoids_shared_nodes: bool

    def __post_init__(self) -> None:
        if len(set(self.request_ids)) < 2:  # noqa: PLR2004  (one cannot be disjoint from itself)
            raise ValueError(
                f"DisjunctionRequest.request_ids must name at least two requests, "
                f"got {len(set(self.request_ids))}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRequests:
    """What is asked for at once."""

    requests: tuple[PathRequest, ...]
    disjunctions: tuple[DisjunctionRequest, ...] = ()
