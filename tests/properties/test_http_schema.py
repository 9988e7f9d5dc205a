"""Whatever is sent to it, the server answers as its own description says (schemathesis).

``KARAKORAM_SCHEMA_EXAMPLES=100`` sends more than the few requests that every run sends.
"""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from karakoram.interfaces.http import documents
from karakoram.interfaces.http.listing import answer_from_any, answer_from_one
from tests.support.http_calls import platform

EXAMPLES = int(os.environ.get("KARAKORAM_SCHEMA_EXAMPLES", "2"))


def no_fault(ctx, response, case):
    """The server has no fault; that it does not offer something is none."""
    if response.status_code != 501:
        not_a_server_error(ctx, response, case)


CHECKS = (
    no_fault,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
MADE = platform()
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", MADE.client.app)
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def judged(case, by="ct"):
    headers = {"Authorization": f"Bearer {MADE.tokens[by]}"}
    case.call_and_validate(headers=headers, checks=CHECKS)


@SCHEMA.parametrize()
@QUIET
def test_answers_are_as_described(case):
    judged(case, by="root")


def wrong_list(*_, **__):
    return answer_from_one({"id": "1", "href": "no list"})


def wrong_status(*_, **__):
    return answer_from_any([], status=203)


def missing_field(*_, **__):
    return answer_from_any([{"id": "1"}])


def fault(*_, **__):
    raise ZeroDivisionError


@pytest.mark.parametrize("wrong", [wrong_list, wrong_status, missing_field, fault])
def test_an_answer_that_is_not_as_described_is_seen(monkeypatch, wrong):
    operation = SCHEMA["/tmf-api/quoteManagement/v4/quote"]["GET"]
    judged(operation.Case())
    monkeypatch.setattr(documents, "answer_from_told", wrong)
    with pytest.raises((FailureGroup, ZeroDivisionError)):
        judged(operation.Case())
