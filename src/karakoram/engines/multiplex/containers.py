"""Which slots of which server containers does a tributary hold, and what is free after it?

Used slots are bits of one whole number, slot 0 the lowest. Claiming gives new containers, releasing
gives back what was there before, to the bit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from jaxtyping import Bool

from karakoram.engines.multiplex.catalogue import tributary_shape
from karakoram.engines.multiplex.signals import ClientSignal, ServerKind, TributaryShape
from karakoram.engines.multiplex.slots import SlotRule, chosen_slots


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerContainer:
    """One server between two sites, and what of it is used."""

    server: ServerKind
    a_site: int
    z_site: int
    used_slots: int = 0
    """A bit for each slot, 1 is used."""
    tributary_count: int = 0
    """How many tributaries are in it."""

    def __post_init__(self) -> None:
        if self.used_slots < 0 or self.used_slots.bit_length() > self.server.slot_count:
            raise ValueError(
                f"{self.server.name} has {self.server.slot_count} slots, got bit "
                f"{self.used_slots.bit_length() - 1} used"
            )
        if self.a_site == self.z_site:
            raise ValueError(f"a container joins two sites, got {self.a_site} twice")
        if not 0 <= self.tributary_count <= self.used_slot_count:
            raise ValueError(
                f"{self.tributary_count} tributaries cannot share {self.used_slot_count} slots"
            )

    @property
    def used_slot_count(self) -> int:
        """How many slots are used."""
        return self.used_slots.bit_count()

    @property
    def free_slot_count(self) -> int:
        """How many slots are not used."""
        return self.server.slot_count - self.used_slot_count

    @property
    def is_full_of_tributaries(self) -> bool:
        """Whether the server takes no more tributaries however small, as an ODUCn with 10 n."""
        most = self.server.tributaries_max
        return most is not None and self.tributary_count >= most


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotClaim:
    """The slots of one container that one tributary holds."""

    container: int
    """Its number among the containers."""
    slots: tuple[int, ...]
    """Ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tributary:
    """A client signal that is carried from site to site, with all that it holds."""

    client: str
    """Name of the client signal."""
    a_site: int
    z_site: int
    claims: tuple[SlotClaim, ...]
    """One for each container, in order from the first site."""


class RoomLack(Enum):
    """Why a container does not take a tributary."""

    NOT_CARRIED = "not-carried"
    """The client has no place in a server of this kind."""
    TRIBUTARIES = "tributaries"
    """It holds as many tributaries as it may."""
    SLOTS = "slots"
    """Fewer slots are free than are needed."""
    SCATTERED = "scattered"
    """Enough slots are free, but not side by side in line, or not the same all along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRoom:
    """A no: which container lacks what."""

    container: int
    lack: RoomLack
    needed_slots: int
    """By the tributary; 0 where the client is not carried."""
    free_slots: int
    """In the container."""


def free_slots(containers: Sequence[ServerContainer]) -> Bool[np.ndarray, "container slot"]:
    """Which slots of containers of one kind are free, read-only.

    Raises
    ------
    ValueError
        If there are none, or not all are of one kind.
    """
    kinds = {container.server for container in containers}
    if len(kinds) != 1:
        names = ", ".join(sorted(kind.name for kind in kinds)) or "none"
        raise ValueError(f"containers of one kind are looked at together, got {names}")
    slot_count = containers[0].server.slot_count
    width = -(-slot_count // 8)
    packed = b"".join(container.used_slots.to_bytes(width, "little") for container in containers)
    words = np.frombuffer(packed, dtype=np.uint8).reshape(len(containers), width)
    used = np.unpackbits(words, axis=1, bitorder="little")[:, :slot_count]
    free = np.asarray(used == 0)
    free.flags.writeable = False
    return free


def claims_along(
    containers: Sequence[ServerContainer],
    path: Sequence[int],
    *,
    client: ClientSignal,
    rule: SlotRule = SlotRule.BEST_FIT,
) -> tuple[SlotClaim, ...] | MissingRoom:
    """What a tributary would hold in each container of a path, or what the first of them lacks.

    Between two containers stands a cross-connect, so that each gives the slots that suit it.

    Parameters
    ----------
    containers
        All of them; nothing is changed.
    path
        Numbers of containers in order, each once.
    client
        The signal to be carried.
    rule
        Which of the slots that are free are taken.

    Raises
    ------
    ValueError
        If the path is empty or has a container twice.
    """
    if not path or len(set(path)) < len(path):
        raise ValueError(f"a path has containers, each once, got {list(path)}")
    for number in path:
        missing = missing_room(containers[number], number=number, client=client)
        if missing is not None:
            return missing
    claims: list[SlotClaim] = []
    for number in path:
        container = containers[number]
        slots = _slots_of(free_slots([container]), container.server, client=client, rule=rule)
        assert slots is not None, "what lacks nothing has room"
        claims.append(SlotClaim(container=number, slots=slots))
    return tuple(claims)


def missing_room(
    container: ServerContainer, *, number: int, client: ClientSignal
) -> MissingRoom | None:
    """What one container lacks for a client; ``None`` where it has room."""
    shape = tributary_shape(container.server, client)
    lack: RoomLack | None = None
    if shape is None:
        lack = RoomLack.NOT_CARRIED
    elif container.is_full_of_tributaries:
        lack = RoomLack.TRIBUTARIES
    elif container.free_slot_count < shape.slot_count:
        lack = RoomLack.SLOTS
    elif not has_room(container, shape=shape):
        lack = RoomLack.SCATTERED
    if lack is None:
        return None
    return MissingRoom(
        container=number,
        lack=lack,
        needed_slots=0 if shape is None else shape.slot_count,
        free_slots=container.free_slot_count,
    )


def has_room(container: ServerContainer, *, shape: TributaryShape) -> bool:
    """Whether a container takes one more tributary of a shape."""
    if container.is_full_of_tributaries or container.free_slot_count < shape.slot_count:
        return False
    return bool(chosen_slots(free_slots([container]), server=container.server, shape=shape).fits[0])


def _slots_of(
    free: Bool[np.ndarray, "1 slot"], server: ServerKind, *, client: ClientSignal, rule: SlotRule
) -> tuple[int, ...] | None:
    """The slots that a client takes in one server; ``None`` where there are none."""
    shape = tributary_shape(server, client)
    assert shape is not None, "asked for already"
    choice = chosen_slots(free, server=server, shape=shape, rule=rule)
    return tuple(choice.slots[0].tolist()) if choice.fits[0] else None


def with_claims(
    containers: Sequence[ServerContainer], claims: Iterable[SlotClaim]
) -> tuple[ServerContainer, ...]:
    """The containers after claims.

    Raises
    ------
    ValueError
        If a slot is used already, claimed twice, or not there.
    """
    after = list(containers)
    for claim in claims:
        container, bits = after[claim.container], _bits(after, claim)
        if container.used_slots & bits:
            raise ValueError(f"slots {_numbers(container.used_slots & bits)} of {claim} are used")
        after[claim.container] = replace(
            container,
            used_slots=container.used_slots | bits,
            tributary_count=container.tributary_count + 1,
        )
    return tuple(after)


def without_claims(
    containers: Sequence[ServerContainer], claims: Iterable[SlotClaim]
) -> tuple[ServerContainer, ...]:
    """The containers after claims are given back.

    Raises
    ------
    ValueError
        If a slot is not used.
    """
    after = list(containers)
    for claim in claims:
        container, bits = after[claim.container], _bits(after, claim)
        if bits & ~container.used_slots:
            raise ValueError(
                f"slots {_numbers(bits & ~container.used_slots)} of {claim} are not used"
            )
        after[claim.container] = replace(
            container,
            used_slots=container.used_slots & ~bits,
            tributary_count=container.tributary_count - 1,
        )
    return tuple(after)


def _bits(containers: Sequence[ServerContainer], claim: SlotClaim) -> int:
    """The slots of a claim as bits."""
    slot_count = containers[claim.container].server.slot_count
    bits = 0
    for slot in claim.slots:
        if not 0 <= slot < slot_count or bits >> slot & 1:
            raise ValueError(f"slots are 0 to {slot_count - 1}, each once, got {claim}")
        bits |= 1 << slot
    return bits


def _numbers(bits: int) -> list[int]:
    """The slots whose bits are set."""
    return [slot for slot in range(bits.bit_length()) if bits >> slot & 1]
