"""How does a person read legs that are offered, and ways made of legs?"""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from karakoram.core.findings import Finding
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_files, show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.network.legs import LegKind, OfferedLeg
from karakoram.planning.leg_answers import LegAnswer, LegPair, LegWay, SharedExposure
from karakoram.usecases.plan.offer_legs import OfferAnswer
from karakoram.usecases.plan.route_legs import LegsAnswer

ROWS_ON_SCREEN_MAX = 40
EXPOSURES_ON_SCREEN_MAX = 12
_LEGS_SHOWN_MAX = 3


def show_offer(console: Console, found: OfferAnswer, *, saved: Path | None) -> None:
    """Print what is handed over, leg by leg, and what it says of what is not.

    Parameters
    ----------
    console
        Where to.
    found
        The legs and the network that names come from.
    saved
        The file that they were written to, if any.
    """
    ways = [leg for leg in found.legs if leg.kind is LegKind.WAY]
    rests = len(found.legs) - len(ways)
    show_lines(
        console,
        f"What {texts.operator_text(found.network, found.operator_id)} offers: "
        f"{texts.counted(len(ways), 'leg')} between {texts.counted(len(found.points), 'point')}",
        indent=0,
    )
    if not ways:
        show_lines(console, "None: no two of its points are joined by fibre of its own in service.")
    else:
        show_table(
            console,
            ("Leg", "#ms one way", "#km", "#Price", "#Tokens", "#Places", "#min/year"),
            [_offer_row(leg) for leg in ways[:ROWS_ON_SCREEN_MAX]],
        )
        _show_more(console, len(ways) - ROWS_ON_SCREEN_MAX)
    show_lines(console, "", _rest_text(rests), _token_text(found.legs), indent=0)
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)
    show_files(console, legs=saved)


def show_leg_ways(console: Console, found: LegsAnswer) -> None:
    """Print the ways, best first, the pair that shares least if asked for, and what is not sure.

    Parameters
    ----------
    console
        Where to.
    found
        The question as it was understood, its answer, and the warnings of the files.
    """
    question, answer = found.question, found.answer
    operators = len({leg.operator_id for leg in found.legs})
    show_lines(
        console,
        f"{question.a_site_id} to {question.z_site_id} over {texts.counted(len(found.legs), 'row')}"
        f" of {texts.counted(operators, 'operator')} · best by {question.metric.value}",
        indent=0,
    )
    if answer.ways:
        _show_ways(console, answer.ways)
        show_lines(console, "", _certainty_text(answer))
    else:
        show_lines(console, "No way: the legs do not join the two points.")
    if question.disjoint:
        _show_pairs(console, answer)
    _show_doubts(console, answer, found.warnings)
    if answer.ways:
        show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def _offer_row(leg: OfferedLeg) -> tuple[str, ...]:
    return (
        leg.leg_id,
        _marked(f"{leg.latency_ms:.2f}", leg.latency_confidence),
        _km_text(leg.length_km, leg.length_confidence),
        _price_text(leg),
        str(len(leg.risk_tokens)),
        str(len(leg.place_tokens)),
        "-"
        if leg.minutes_total is None
        else _marked(f"{leg.minutes_total:,}", leg.minutes_confidence),
    )


def _rest_text(rests: int) -> str:
    if not rests:
        return "These are all its ways between its points, and the file says so."
    return (
        f"Between {texts.counted(rests, 'pair')} of points it has more ways; a row of rest says "
        "what they cost and share at least."
    )


def _token_text(legs: Sequence[OfferedLeg]) -> str:
    fingerprint = next((leg.key_fingerprint for leg in legs if leg.key_fingerprint), None)
    if fingerprint is None:
        return "No tokens: what these legs share with others cannot be proven. Name a --key-file."
    return f"Tokens are made with key {fingerprint}."


def _show_ways(console: Console, ways: Sequence[LegWay]) -> None:
    show_table(
        console,
        ("#", "#ms one way", "#km", "#Price", "By way of", "Operators"),
        [
            (
                str(number),
                _marked(f"{way.latency_ms:.2f}", way.latency_confidence),
                _km_text(way.length_km, way.length_confidence),
                "-" if way.price is None else _marked(str(way.price), way.price_confidence),
                " - ".join(way.site_ids),
                " - ".join(way.operator_ids),
            )
            for number, way in enumerate(ways, start=1)
        ],
    )
    console.print()
    for number, way in enumerate(ways, start=1):
        show_lines(console, f"{number}: {', '.join(way.leg_ids)}")


def _certainty_text(answer: LegAnswer) -> str:
    count = len(answer.ways)
    if answer.certain == count:
        return "Certain: no operator has a way that makes a better one, told or not."
    if answer.certain:
        return (
            f"Certain are the first {answer.certain} of {count}; behind them ways that are not "
            "told may come first."
        )
    return "Not certain: ways that are not told may be better."


def _show_pairs(console: Console, answer: LegAnswer) -> None:
    title = "The two ways that share least risk"
    if answer.pair is None:
        show_title(console, title)
        show_lines(console, "There are no two ways.")
        return
    _show_pair(console, answer.pair, title=title)
    if answer.proven_pair is not None:
        _show_pair(console, answer.proven_pair, title="The best two ways that can be proven")
    elif not answer.pair.is_proven:
        show_lines(console, "No two ways can be proven: every pair needs a leg without all tokens.")


def _show_pair(console: Console, pair: LegPair, *, title: str) -> None:
    show_title(console, title)
    if pair.ways[0].leg_ids == pair.ways[1].leg_ids:
        show_lines(console, "Both are the same way: no other takes less along with it.")
    _show_ways(console, pair.ways)
    show_title(console, "  Risks that both ways share")
    if pair.shared:
        show_table(
            console,
            ("What", "Legs", "#min/year"),
            [_exposure_row(exposure) for exposure in pair.shared[:EXPOSURES_ON_SCREEN_MAX]],
        )
        _show_more(console, len(pair.shared) - EXPOSURES_ON_SCREEN_MAX)
    show_lines(console, _proof_text(pair), _best_text(pair))


def _exposure_row(exposure: SharedExposure) -> tuple[str, str, str]:
    if exposure.token is None:
        what = "all that only this leg is exposed to"
    elif exposure.site_id is not None:
        what = f"site {exposure.site_id}"
    else:
        what = f"token {exposure.token}"
    legs = texts.and_more(exposure.leg_ids, most=_LEGS_SHOWN_MAX, where="--json")
    return what, legs, _marked(f"{exposure.minutes:,}", exposure.confidence)


def _proof_text(pair: LegPair) -> str:
    minutes = _marked(f"{pair.shared_minutes:,} min/year", pair.shared_confidence)
    if not pair.is_proven:
        lacking = texts.and_more(pair.unproven_leg_ids, most=_LEGS_SHOWN_MAX, where="--json")
        lacks = (
            "does not tell all its" if len(pair.unproven_leg_ids) == 1 else "do not tell all their"
        )
        return f"Not proven: at least {minutes}, for {lacking} {lacks} tokens."
    if not pair.shared:
        return "Proven by tokens: the two ways share nothing that can fail."
    return f"Proven by tokens: the two ways share {minutes}, and nothing else."


def _best_text(pair: LegPair) -> str:
    if pair.is_best:
        return "No other pair shares less, told or not."
    if pair.minutes_at_least is None:
        return "Whether another pair shares less is not known."
    if not pair.is_proven:
        return f"No pair is proven to share less than {pair.minutes_at_least:,} min/year."
    return (
        f"Ways that are not told could make a better pair, which shares at least "
        f"{pair.minutes_at_least:,} min/year."
    )


def _show_doubts(console: Console, answer: LegAnswer, warnings: Sequence[Finding]) -> None:
    """What keeps the answer from being certain, and what is odd in the files."""
    lines = []
    if answer.silent_operator_ids:
        names = ", ".join(answer.silent_operator_ids)
        lines.append(f"{names}: what else there is, the file does not say (is_exhaustive)")
    if answer.left_out:
        legs = texts.and_more(answer.left_out, most=_LEGS_SHOWN_MAX, where="--json")
        lines.append(f"Left out, not valid on the day or without the figure compared by: {legs}")
    lines += [f"{warning.where}: {warning.message}" for warning in warnings]
    if lines:
        show_title(console, "To know")
        show_lines(console, *lines[:ROWS_ON_SCREEN_MAX])
        _show_more(console, len(lines) - ROWS_ON_SCREEN_MAX)


def _show_more(console: Console, more: int) -> None:
    if more > 0:
        show_lines(console, f"and {more} more; --json shows all")


def _km_text(length_km: float | None, trust: Confidence | None) -> str:
    return "-" if length_km is None else _marked(texts.km(length_km), trust)


def _price_text(leg: OfferedLeg) -> str:
    if leg.price_minor is None:
        return "-"
    amount = texts.amount(Money(leg.price_minor, leg.currency))
    return _marked(amount, leg.price_confidence)


def _marked(figure: str, trust: Confidence | None) -> str:
    """A figure with how far it may be trusted; what an operator does not say counts as assumed."""
    return texts.trusted(figure, trust or Confidence.ASSUMED)
