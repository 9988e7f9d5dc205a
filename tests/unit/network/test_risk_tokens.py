import hashlib

import pytest

from karakoram.network.risk_tokens import RiskKey, is_token

SECRET = bytes(range(32))


def by_hand(message):
    """HMAC-SHA-256 as FIPS 198-1 writes it: H((K ^ opad) || H((K ^ ipad) || text))."""
    block = SECRET.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).hexdigest()


def test_a_token_is_half_of_the_keyed_hash_of_the_risk():
    token = RiskKey(secret=SECRET).token("span:CHL-BBS")
    assert token == by_hand(b"karakoram 1 risk\0span:CHL-BBS")[:32]
    assert is_token(token)


def test_the_same_risk_has_the_same_token_with_the_same_key_only():
    one, other = RiskKey(secret=SECRET), RiskKey(secret=SECRET[::-1])
    assert one.token("site:RWP") == RiskKey(secret=SECRET).token("site:RWP")
    assert one.token("site:RWP") != other.token("site:RWP")
    assert one.token("site:RWP") != one.token("site:KHI")


def test_the_fingerprint_tells_keys_apart_and_is_no_token_of_any_risk():
    one, other = RiskKey(secret=SECRET), RiskKey(secret=SECRET[::-1])
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == by_hand(b"karakoram 1 fingerprint\0")[:16]


def test_padding_looks_like_a_token_and_is_that_of_no_risk():
    key = RiskKey(secret=SECRET)
    assert is_token(key.padding("leg", 0))
    assert len({key.padding("leg", 0), key.padding("leg", 1), key.token("0 leg")}) == 3


def test_what_is_drawn_lies_in_its_bounds_and_is_drawn_again_alike():
    key = RiskKey(secret=SECRET)
    drawn = [key.drawn("leg", number, below=7) for number in range(200)]
    assert set(drawn) == set(range(7))
    assert drawn == [key.drawn("leg", number, below=7) for number in range(200)]


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="has 31 bytes; it needs at least 32"):
        RiskKey(secret=SECRET[:31])


def test_the_secret_is_never_shown():
    assert repr(RiskKey(secret=SECRET)) == "RiskKey()"
