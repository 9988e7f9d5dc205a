"""Compiled loops run as the Python that they are written in, so that coverage and errors see them.

A compiled loop finds what it calls among the names of its module. Where those names stand for the
Python functions, everything below runs in the interpreter, slowly and with its indices checked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import numpy as np
import pytest
from numba.core.registry import CPUDispatcher


@contextmanager
def interpreted(*modules: ModuleType) -> Iterator[None]:
    """Every compiled function that ``modules`` name is its Python function meanwhile."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        for module in modules:
            for name, value in vars(module).items():
                if isinstance(value, CPUDispatcher):
                    patch.setattr(module, name, value.py_func)
        yield
