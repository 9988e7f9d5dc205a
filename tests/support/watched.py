"""How closely is a test watched: are types checked at every call, are lines traced for coverage?

Both cost several times what the program itself does. Unit tests have them where they pay: types and
shapes are checked in the first cases of all of them but those of the commands, and until one has
taken a quarter of a second; lines are traced in those of the packages whose coverage is measured.
Comparisons and whole runs, such as one over the whole reference corridor, go over the same code at
full speed.
"""

import functools
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from jaxtyping import TypeCheckError, config

CASES_CHECKED = 2
"""Cases of each test with parameters in which types are checked: chance says which, run by run."""
SECONDS_CHECKED = 0.25
"""What of the processor's time a test may take before its types are checked no more."""
EXAMPLES_CHECKED = 2
"""Examples of each law, or more until a check fails, in which types are checked at every call."""


@contextmanager
def untraced() -> Iterator[None]:
    """No line counts for coverage meanwhile."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@contextmanager
def types_unchecked(*, unchecked: bool = True) -> Iterator[None]:
    """No type and no shape is checked at a call meanwhile; or all are."""
    before = config.jaxtyping_disable
    config.update("jaxtyping_disable", unchecked)
    try:
        yield
    finally:
        config.update("jaxtyping_disable", before)


@contextmanager
def types_checked_at_first() -> Iterator[None]:
    """Types are checked until the process has worked for ``SECONDS_CHECKED``, and then no more."""

    unchecked = True

    def enough(*_: object) -> None:
        config.update("jaxtyping_disable", unchecked)

    before, was_disabled = signal.signal(signal.SIGVTALRM, enough), config.jaxtyping_disable
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_CHECKED, SECONDS_CHECKED)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
        signal.signal(signal.SIGVTALRM, before)
        config.update("jaxtyping_disable", was_disabled)


@contextmanager
def at_full_speed() -> Iterator[None]:
    """Nothing is watched meanwhile."""
    with untraced(), types_unchecked():
        yield


def first_examples_checked(law):
    """A law whose first examples are run with types checked, and the others without.

    What fails a check is run again and made smaller, so from then on everything is checked.
    """
    tried, failed = 0, False

    @functools.wraps(law)
    def watched(*args, **kwargs):
        nonlocal tried, failed
        tried += 1
        with types_unchecked(unchecked=tried > EXAMPLES_CHECKED and not failed):
            try:
                return law(*args, **kwargs)
            except TypeCheckError:
                failed = True
                raise

    return watched
