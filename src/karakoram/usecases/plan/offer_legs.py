"""What does an operator hand over so that others can route over its network without seeing it?"""

from dataclasses import dataclass
from datetime import date

from karakoram.core.errors import InvalidDataError
from karakoram.core.identifiers import OperatorId, SiteId
from karakoram.network.legs import OfferedLeg
from karakoram.network.lookup import operator_id_from_word
from karakoram.network.network import Network
from karakoram.planning.leg_offers import (
    WAYS_DEFAULT,
    OfferTerms,
    offered_legs,
    offered_points,
    sites_in_service,
)
from karakoram.planning.leg_tokens import Padding
from karakoram.planning.route_graph import route_graph
from karakoram.usecases.plan.leg_ports import KeySource, LegFile
from karakoram.usecases.ports import Clock, NetworkSource, Progress, silent
from karakoram.usecases.words import (
    Reading,
    bit_rate_gbps_from_text,
    question_finding,
    reading,
    refuse_unread,
    sites_reading,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferQuestion:
    """Who offers, and how much it tells: the operator by identifier or name."""

    operator: str
    at: tuple[str, ...] = ()
    """Points besides its hand-over points and POPs."""
    ways: int = WAYS_DEFAULT
    bit_rate: str = "400G"
    on_day: date | None = None
    """The day whose prices hold; ``None`` means today."""
    valid_to: date | None = None
    tells_length: bool = False
    padded_to: int | None = None
    """The number of tokens is a multiple of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferKeys:
    """Who keeps the key that operators share, and who the one that hides how many tokens count."""

    shared: KeySource | None = None
    padding: KeySource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswer:
    """The legs that are handed over, and the network that names come from."""

    network: Network
    operator_id: OperatorId
    points: tuple[SiteId, ...]
    legs: tuple[OfferedLeg, ...]


def offer_legs(
    question: OfferQuestion,
    *,
    networks: NetworkSource,
    clock: Clock,
    keys: OfferKeys,
    target: LegFile | None = None,
    progress: Progress = silent,
) -> OfferAnswer:
    """The legs of one operator, written to ``target`` if there is one.

    Parameters
    ----------
    question
        In words.
    networks
        Where the network is read.
    clock
        Tells the day.
    keys
        Where keys of tokens are read.
    target
        Where legs are written; ``None`` for nowhere.
    progress
        Hears what is being done.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule, a key cannot be read or the question names what is not there.
    """
    progress("Reading the network")
    network = networks.read_network()
    terms = _terms(question, network=network, today=clock.today(), keys=keys)
    progress("Finding ways")
    legs = offered_legs(network, route_graph(network), terms)
    if target is not None:
        target.write_legs(legs)
    points = {*offered_points(network, terms.operator_id), *terms.more_site_ids}
    return OfferAnswer(
        network=network,
        operator_id=terms.operator_id,
        points=tuple(sorted(points)),
        legs=legs,
    )


def _terms(
    question: OfferQuestion, *, network: Network, today: date, keys: OfferKeys
) -> OfferTerms:
    """What the question means on the network."""
    operator = reading(
        "operator", question.operator, lambda word: operator_id_from_word(network, word)
    )
    bit_rate = reading("bit_rate", question.bit_rate, bit_rate_gbps_from_text)
    sites = sites_reading("at", question.at, network=network)
    refuse_unread((operator, bit_rate, sites, _padding_reading(question, keys)))
    own = sites_in_service(network, operator.value)
    elsewhere = [site_id for site_id in sites.value if site_id not in own]
    if elsewhere:
        message = (
            f"{operator.value} has no span in service at {', '.join(elsewhere)}; name sites on "
            "its own spans"
        )
        raise InvalidDataError((question_finding("at", message),))
    day = question.on_day or today
    try:
        return OfferTerms(
            operator_id=operator.value,
            more_site_ids=sites.value,
            ways=question.ways,
            bit_rate_gbps=bit_rate.value,
            on_day=day,
            valid_to=question.valid_to,
            tells_length=question.tells_length,
            key=None if keys.shared is None else keys.shared.read_key(),
            padding=_padding(question, keys),
        )
    except ValueError as error:
        field = "ways" if str(error).startswith("ways") else "valid_to"
        raise InvalidDataError((question_finding(field, str(error)),)) from error


def _padding_reading(question: OfferQuestion, keys: OfferKeys) -> Reading[bool]:
    """Whether padding is asked for with all that it takes."""
    lacks = []
    if question.padded_to is not None and keys.padding is None:
        lacks.append(
            question_finding(
                "pad", "padding needs a secret of your own; name one with --padding-key-file"
            )
        )
    if question.padded_to is None and keys.padding is not None:
        lacks.append(
            question_finding("padding_key_file", "pads nothing by itself; add --pad, e.g. --pad 50")
        )
    if question.padded_to is not None and keys.shared is None:
        lacks.append(
            question_finding("pad", "without --key-file there are no tokens to hide among")
        )
    return Reading(read=not lacks, findings=tuple(lacks))


def _padding(question: OfferQuestion, keys: OfferKeys) -> Padding | None:
    if question.padded_to is None or keys.padding is None:
        return None
    try:
        return Padding(key=keys.padding.read_key(), multiple=question.padded_to)
    except ValueError as error:
        raise InvalidDataError((question_finding("pad", str(error)),)) from error
