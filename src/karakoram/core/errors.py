"""Which exceptions does the platform raise on purpose?

* KarakoramError
  + InvalidDataError          (carries every Finding)
  + NotFoundError             (carries near misses)
  + RefusedError              (a rule of the business says no; carries code, place, alternatives)
    - IllegalTransitionError
    - ConflictError           (somebody else was faster)
    - TakenError              (what was asked for belongs to somebody else)
    - BatchRefusedError       (all or nothing: carries a Finding for each thing that is refused)
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
    """A business rule forbids what was asked.

    Parameters
    ----------
    message
        What is refused and why, in one sentence.
    code
        Stable, documented identifier of the rule, e.g. ``quote-expired``.
    where
        The record or place that the rule speaks of.
    alternatives
        What would be right; each helps by itself.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "refused",
        where: str = "",
        alternatives: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.where = where
        self.alternatives = alternatives


class IllegalTransitionError(RefusedError):
    """The event is not possible in the current state."""


class ConflictError(RefusedError):
    """The record was changed by somebody else since it was read; read it again and retry."""


class TakenError(RefusedError):
    """Units that were asked for are claimed by somebody else."""


class BatchRefusedError(RefusedError):
    """Several things were asked for together, and some of them cannot be; nothing was done.

    ``findings`` names each that is refused, and what would be right; ``code`` is that of the first.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(message, code=findings[0].code, where=findings[0].where)
        self.message, self.findings = message, findings

    def __reduce__(self) -> tuple[type["BatchRefusedError"], tuple[str, tuple[Finding, ...]]]:
        """Itself from its parts, so that it survives the way between processes."""
        return type(self), (self.message, self.findings)
