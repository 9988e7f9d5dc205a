"""Why is there no route, or no second one, in words that a person and a program get alike?"""

from dataclasses import replace

from karakoram.network.records import Status
from karakoram.planning.offers import Reason
from karakoram.planning.route_answers import RouteAnswer, RouteQuestion


def with_reasons(question: RouteQuestion, answer: RouteAnswer) -> RouteAnswer:
    """The answer with a reason for all that was asked and is not there.

    Parameters
    ----------
    question
        What was understood.
    answer
        As planned; it says why itself only where a price is missing.
    """
    where = f"{question.a_site_id}-{question.z_site_id}"
    lacks_route = not answer.routes and not answer.reasons
    lacks_pair = question.disjoint and answer.disjoint is None and bool(answer.routes)
    if lacks_route:
        message = f"there is no route; {_more(question)}"
        return replace(answer, reasons=(Reason(code="no-route", where=where, message=message),))
    if lacks_pair:
        message = f"there are no two routes; {_more(question)}"
        reason = Reason(code="no-second-path", where=where, message=message)
        return replace(answer, reasons=(*answer.reasons, reason))
    return answer


def _more(question: RouteQuestion) -> str:
    """What may open one, of what was not asked for already."""
    left = [
        status.value
        for status in (Status.OPTION, Status.PLANNED)
        if status not in question.accepted_statuses
    ]
    avoid = question.avoid
    is_avoiding = avoid.site_ids or avoid.span_ids or avoid.operator_ids or avoid.cable_ids
    helps = (
        f"include what is {' or '.join(left)}" if left else "",
        "avoid less" if is_avoiding else "",
        "loosen the limits inside operators" if question.transit_limits else "",
        "add the spans or hand-overs that are missing",
    )
    return ", or ".join(filter(None, helps))
