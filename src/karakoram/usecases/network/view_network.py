"""What does one operator of a network see of it?"""

from dataclasses import dataclass
from datetime import date

from karakoram.network.lookup import operator_id_from_word
from karakoram.network.network import Network
from karakoram.network.views import OperatorView
from karakoram.planning.partner_legs import operator_view
from karakoram.planning.prepare import prepare
from karakoram.usecases.ports import Clock, NetworkSource, Progress, silent
from karakoram.usecases.words import bit_rate_gbps_from_text, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewQuestion:
    """Who looks, and for what: the operator by identifier or name."""

    operator: str
    bit_rate: str = "400G"
    """Whose prices partners are asked for."""
    on_day: date | None = None
    """The day whose prices hold; ``None`` means today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewAnswer:
    """What the operator sees, and the network that names come from."""

    network: Network
    view: OperatorView


def view_network(
    question: ViewQuestion,
    *,
    networks: NetworkSource,
    clock: Clock,
    progress: Progress = silent,
) -> ViewAnswer:
    """The network as one operator sees it.

    Parameters
    ----------
    question
        In words.
    networks
        Where the network is read.
    clock
        Tells the day.
    progress
        Hears what is being done.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule or the question names what is not there.
    """
    progress("Reading the network")
    network = networks.read_network()
    operator = reading(
        "operator", question.operator, lambda word: operator_id_from_word(network, word)
    )
    bit_rate = reading("bit_rate", question.bit_rate, bit_rate_gbps_from_text)
    refuse_unread((operator, bit_rate))
    progress("Looking at the partners' legs")
    view = operator_view(
        prepare(network),
        operator.value,
        bit_rate_gbps=bit_rate.value,
        on_day=question.on_day or clock.today(),
    )
    return ViewAnswer(network=network, view=view)
