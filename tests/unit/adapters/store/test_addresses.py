"""Addresses of databases, told without what is secret."""

import pytest

from karakoram.adapters.store.addresses import is_address, shown_place


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://sales:hush@db/base",
        "postgresql://sales:hush@hush/hush@db/base",
        "postgresql://sales:hush?hush#hush@db/base",
        "postgresql://:hush@/base?host=/run",
        "postgresql://db/base?user=sales&password=hush",
        "postgresql://db/base?sslmode=require&sslpassword=hush&PASSWORD=hush",
        "mysql://sales:hush\nhush@db/base",
    ],
)
def test_no_password_is_told(address):
    assert is_address(address)
    told = shown_place(address)
    assert "hush" not in told
    assert "***" in told
    assert told.startswith(address.partition("://")[0])


@pytest.mark.parametrize("word", ["my.db", "a:b@c.db", "postgresql://db:5432/base", "x?password=1"])
def test_what_is_not_secret_is_told_as_it_is(word):
    assert shown_place(word) == word
