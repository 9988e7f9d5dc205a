"""How does a loop over numbers become machine code?

Engines vectorise with numpy where they can. Where each step needs the one before it (a search, a
queue of events) the loop is compiled by numba when it is first called, and kept in a cache beside
its file, so that the next process only loads it. Importing numba takes about half a second:
modules that hold compiled loops are imported by who needs them, and by nobody else.
"""

import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def compiled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """The same function as machine code, with the arithmetic of IEEE 754 left as written.

    The function takes and gives numbers, arrays and named tuples of them; it may call other
    compiled functions, and reads no global but constants. Integers wrap around and indices are
    not checked, so who calls it checks its arrays first. The Python function stays within reach
    as ``py_func``; what else a decorator put around it, such as a check of types, does not.
    """
    decorate = cast("Callable[[Any], Any]", numba.njit(cache=True, nogil=True, error_model="numpy"))
    return cast("Callable[Parameters, Result]", decorate(inspect.unwrap(function)))
