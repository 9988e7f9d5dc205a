"""What was measured of one channel of an open cable, when it was handed over?"""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from karakoram.core.fields import Bounds, check_fields

Thz = Annotated[float, Bounds(at_least=150.0, at_most=300.0)]
SnrDb = Annotated[float, Bounds(at_least=-10.0, at_most=60.0)]
"""Beyond lies no light worth a channel, and nothing that an instrument tells from perfect."""


class WayAlong(Enum):
    """Which way light runs along a cable."""

    FORTH = "A-Z"
    """From where the way begins to where it ends."""
    BACK = "Z-A"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredChannel:
    """A row of a file of measured channels: ratios in dB, each in the bandwidth it names.

    Noise is measured as OSNR or as SNR_ASE; all noise as GSNR, or as the SNR of a probe over the
    line together with that of its terminals back to back.
    """

    measurement_id: str
    """Whatever names the row."""
    direction: WayAlong
    frequency_thz: Thz
    """Centre of the channel."""
    osnr_01nm_db: SnrDb | None = None
    """Signal over ASE in 0.1 nm."""
    snr_ase_db: SnrDb | None = None
    """Signal over ASE in the signal bandwidth."""
    gsnr_db: SnrDb | None = None
    """Signal over all noise of the line in the signal bandwidth."""
    received_snr_db: SnrDb | None = None
    """Of a probe over the line, noise of its terminals included."""
    terminal_snr_db: SnrDb | None = None
    """Of the same terminals back to back."""
    contract_gsnr_db: SnrDb | None = None
    """That the supplier committed to; ``None``: that of all channels."""

    def __post_init__(self) -> None:
        check_fields(self)
        breaches = [
            f"{second} is given beside {first}; give one of them"
            for first, second in (("osnr_01nm_db", "snr_ase_db"), ("gsnr_db", "received_snr_db"))
            if getattr(self, first) is not None and getattr(self, second) is not None
        ]
        if (self.received_snr_db is None) != (self.terminal_snr_db is None):
            breaches.append("received_snr_db and terminal_snr_db are given together")
        elif (
            self.received_snr_db is not None
            and self.terminal_snr_db is not None
            and self.terminal_snr_db <= self.received_snr_db
        ):
            breaches.append(
                f"terminal_snr_db must be greater than received_snr_db, got "
                f"{self.terminal_snr_db:g} and {self.received_snr_db:g}"
            )
        measured = (self.osnr_01nm_db, self.snr_ase_db, self.gsnr_db, self.received_snr_db)
        if all(one is None for one in measured):
            breaches.append(
                "gsnr_db, received_snr_db, osnr_01nm_db and snr_ase_db are all empty; give one"
            )
        if breaches:
            raise ValueError("; ".join(f"MeasuredChannel: {breach}" for breach in breaches))
