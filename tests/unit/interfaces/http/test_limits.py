"""Whoever asks too often waits, and nobody else does."""

import pytest

from karakoram.interfaces.http import limits
from karakoram.interfaces.http.limits import RateLimits
from tests.support.http_calls import platform, quote_form


def test_a_bucket_empties_and_fills_again():
    limit = RateLimits(per_second=2.0, burst=3)
    assert [limit.wait_s("ct", 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert limit.wait_s("ct", 0.0) == 0.5
    assert limit.wait_s("p1", 0.0) == 0.0
    assert limit.wait_s("ct", 0.5) == 0.0
    assert limit.wait_s("ct", 0.5) == 0.5
    assert [limit.wait_s("ct", 99.0) for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_who_has_not_asked_for_longest_is_forgotten(monkeypatch):
    monkeypatch.setattr(limits, "_KNOWN_MAX", 2)
    limit = RateLimits(per_second=1.0, burst=1)
    for name in ("a", "b", "c"):
        limit.wait_s(name, 0.0)
    assert limit.wait_s("c", 0.0) == 1.0
    assert limit.wait_s("a", 0.0) == 0.0


@pytest.mark.parametrize("wrong", [(0.0, 1), (1.0, 0)])
def test_a_limit_allows_something(wrong):
    with pytest.raises(ValueError, match="must be allowed"):
        RateLimits(per_second=wrong[0], burst=wrong[1])


def test_too_many_requests_are_told_when_to_come_again():
    made = platform(requests_a_second=0.5)
    path = "/tmf-api/quoteManagement/v4/quote"
    assert made.get(path, by="ct").status_code == 200
    answer = made.get(path, by="ct")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert answer.json()["code"] == "too-many-requests"
    assert made.get(path, by="p1").status_code == 200
    assert made.post(path, quote_form(), by="ct").status_code == 429
