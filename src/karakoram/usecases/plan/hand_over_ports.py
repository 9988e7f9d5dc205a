"""What does the hand-over of legs need from outside?"""

from typing import Protocol, runtime_checkable

from karakoram.network.photonic.noise_budget import NoiseBudget


@runtime_checkable
class BudgetTarget(Protocol):
    """Where a noise budget that is told to a partner goes."""

    def write_budget(self, budget: NoiseBudget) -> None:
        """Write the budget, and nothing else."""


@runtime_checkable
class BudgetSource(Protocol):
    """Where a partner's noise budget comes from."""

    @property
    def name(self) -> str:
        """What findings about it call it."""

    def read_budget(self) -> NoiseBudget:
        """The budget.

        Raises
        ------
        InvalidDataError
            If it cannot be read or breaks a rule; carries every finding.
        """
