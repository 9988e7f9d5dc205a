"""What several folders of tests ask for and is made once."""

import sys

import pytest
from numba.core.dispatcher import Dispatcher

from karakoram.adapters.formats.network_folder import read_network
from karakoram.planning.prepare import prepare
from karakoram.refdata.corridor import corridor_folder


@pytest.fixture(scope="session", autouse=True)
def _screen_of_usual_width():
    """Tables are as wide as the program wants, whatever terminal the tests run in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiler_is_not_traced():
    """Coverage would follow every line of the compiler, which takes minutes instead of seconds."""
    compile_untraced = Dispatcher._compile_for_args

    def compiled(self, *args, **kwargs):
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return compile_untraced(self, *args, **kwargs)
        finally:
            sys.settrace(tracer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Dispatcher, "_compile_for_args", compiled)
        yield


@pytest.fixture(scope="session")
def corridor():
    """The packaged corridor; nothing can change it."""
    return read_network(corridor_folder())


@pytest.fixture(scope="session")
def prepared_corridor(corridor):
    """The corridor, ready for questions."""
    return prepare(corridor)
