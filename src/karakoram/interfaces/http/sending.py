"""How is what somebody sends kept beside what comes of it, and the buyer found in it?"""

import json
from collections.abc import Iterable

from pydantic import BaseModel

from karakoram.core.identifiers import ExternalId, PartyId
from karakoram.interfaces.http.served import Call
from karakoram.interfaces.http.tmf_forms import NamedParty
from karakoram.interfaces.http.tmf_parts import BUYER_ROLE
from karakoram.sales.submissions import Submission
from karakoram.usecases.sell.keep_submission import keep_submission
from karakoram.usecases.sell.see_sales import buyer_named


def buyer_among(call: Call, parties: Iterable[NamedParty]) -> PartyId:
    """The buyer: the client's own party, or the one that it names."""
    buyers = (each.id for each in parties if each.role.casefold() == BUYER_ROLE)
    named = next(buyers, None)
    return buyer_named(named, viewer=call.viewer)


def external_id_of(call: Call, named: str | None) -> ExternalId:
    """What the buyer calls the request; a new name where it calls it nothing."""
    return ExternalId(named or f"http-{call.selling.ids.new_id()}")


def keep_sent(
    call: Call, form: BaseModel, *, dialect: str, record_id: str, buyer_id: PartyId
) -> Submission:
    """What was sent, kept beside the record that came of it."""
    body = form.model_dump(mode="json", by_alias=True, exclude_unset=True)
    submission = Submission(
        submission_id=record_id,
        buyer_id=buyer_id,
        dialect=dialect,
        body=json.dumps(body, sort_keys=True, ensure_ascii=False),
    )
    return keep_submission(submission, store=call.selling.store)


def sent_words(submission: Submission | None, dialect: str) -> dict[str, object]:
    """What was sent in the words of an interface; nothing where it came in otherwise."""
    if submission is None or submission.dialect != dialect:
        return {}
    body = json.loads(submission.body)
    assert isinstance(body, dict), "a form is an object"
    return body
