"""Secrets are hard to guess, and what is kept of them tells nothing."""

import pytest

from karakoram import bootstrap
from karakoram.adapters.secrets import ScryptSecrets
from karakoram.usecases.store.client_ports import Secrets

SECRETS = ScryptSecrets()


def test_a_secret_is_known_again_and_no_other_word_is():
    assert isinstance(bootstrap.client_secrets(), Secrets)
    secret = SECRETS.new_secret()
    digest = SECRETS.digest(secret)
    assert SECRETS.is_right(secret, digest)
    assert not SECRETS.is_right(secret + "x", digest)
    assert secret not in digest
    assert SECRETS.digest(secret) != digest
    assert SECRETS.new_secret() != secret
    assert len(secret) >= 43  # 256 bits in letters that bear six each


@pytest.mark.parametrize("word", ["", "x", "\ud800", "x" * 100_000])
def test_nobody_has_no_secret(word):
    assert not SECRETS.is_right(word, "")
