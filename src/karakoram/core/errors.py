"""Which exceptions does the platform raise on purpose?

* KarakoramError
  + InvalidDataError          (carries every Finding)
  + NotFoundError             (carries near misses)
  + RefusedError              (a rule of the business says no)
    - IllegalTransitionError
"""

from karakoram.core.findings import Finding


class KarakoramError(Exception):
    """Base class of every error the platform raises on purpose."""


class InvalidDataError(KarakoramError):
    """Data from outside breaks the rules; ``findings`` lists every breach."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{finding.where}: {finding.message}" for finding in findings))
        self.findings = findings

    def __reduce__(self) -> tuple[type["InvalidDataError"], tuple[tuple[Finding, ...]]]:
        """Itself from its findings, so that it survives the way between processes."""
        return type(self), (self.findings,)


class NotFoundError(KarakoramError):
    """The record asked for does not exist, or is not visible to the asker."""

    def __init__(self, message: str, *, near_misses: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {', '.join(near_misses)}?" if near_misses else ""
        super().__init__(message + hint)
        self.near_misses = near_misses


class RefusedError(KarakoramError):
    """A business rule forbids what was asked."""


class IllegalTransitionError(RefusedError):
    """The event is not possible in the current state."""
