"""Which tokens does a leg carry, and how many of them stand for nothing?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from karakoram.core.identifiers import RiskToken, SiteId
from karakoram.core.provenance import Confidence, derived_confidence
from karakoram.engines.routing import ArcPath, risks_in
from karakoram.network.risk_tokens import RiskKey
from karakoram.planning.route_graph import RouteGraph

PADDED_TO_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Padding:
    """How the number of tokens is hidden: up to the next multiple, with tokens for nothing."""

    key: RiskKey
    """The operator's own secret, always the same: who has it can tell padding from risks."""
    multiple: int

    def __post_init__(self) -> None:
        if not 1 <= self.multiple <= PADDED_TO_MAX:
            raise ValueError(f"the multiple must be from 1 to {PADDED_TO_MAX}, got {self.multiple}")

    def tokens(self, real: Iterable[RiskToken], *, of: str) -> list[RiskToken]:
        """What is put among the real tokens, the same for the same."""
        known = sorted(real)
        lacking = -len(known) % self.multiple if known else self.multiple
        return [self.key.padding(f"{of} {' '.join(known)}", number) for number in range(lacking)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegTokens:
    """The tokens of one leg."""

    key_fingerprint: str
    end_tokens: tuple[RiskToken, RiskToken]
    places: tuple[RiskToken, ...]
    minutes: Mapping[RiskToken, int]
    """Minutes a year by token of a risk, ordered by token, so that order tells nothing."""
    minutes_total: int
    """Of the risks alone, without padding."""
    confidence: Confidence
    """How far the minutes may be trusted: as the worst risk; padding is as good as that."""


def leg_tokens(
    graph: RouteGraph,
    path: ArcPath,
    *,
    sites: Sequence[SiteId],
    terms: tuple[RiskKey | None, Padding | None],
) -> LegTokens | None:
    """The tokens of a way; ``None`` without a key.

    Parameters
    ----------
    graph
        Where the risks of the path are told.
    path
        The way.
    sites
        The sites along it, from one end to the other.
    terms
        The shared key and the padding.
    """
    key, padding = terms
    if key is None:
        return None
    minutes = _minutes(graph, path.risk_mask, key)
    places = [_site_token(key, site_id) for site_id in sites[1:-1]]
    total = sum(minutes.values())
    if padding is not None:
        places += padding.tokens(places, of=f"places {sites[0]} {sites[-1]}")
        minutes |= _padded_minutes(minutes, padding)
    return LegTokens(
        key_fingerprint=key.fingerprint,
        end_tokens=(_site_token(key, sites[0]), _site_token(key, sites[-1])),
        places=tuple(sorted(places)),
        minutes=dict(sorted(minutes.items())),
        minutes_total=total,
        confidence=_confidence(graph, path.risk_mask),
    )


def rest_tokens(
    graph: RouteGraph, risk_mask: int, *, ends: tuple[SiteId, SiteId], key: RiskKey | None
) -> LegTokens | None:
    """The tokens of what every way between two points is exposed to; never padded.

    Parameters
    ----------
    graph
        The network as a graph; tells the risks.
    risk_mask
        Risks of every way, one bit each.
    ends
        The two points.
    key
        What tokens are made with; ``None`` where none are told.
    """
    if key is None:
        return None
    minutes = _minutes(graph, risk_mask, key)
    return LegTokens(
        key_fingerprint=key.fingerprint,
        end_tokens=(_site_token(key, ends[0]), _site_token(key, ends[1])),
        places=(),
        minutes=dict(sorted(minutes.items())),
        minutes_total=sum(minutes.values()),
        confidence=_confidence(graph, risk_mask),
    )


def _minutes(graph: RouteGraph, risk_mask: int, key: RiskKey) -> dict[RiskToken, int]:
    """Minutes of every risk in a mask that can fail; what cannot weighs nothing in any answer."""
    counted = risk_mask & ~graph.free_mask
    return {
        key.token(graph.risks[bit].risk_id): graph.risks[bit].weight for bit in risks_in(counted)
    }


def _confidence(graph: RouteGraph, risk_mask: int) -> Confidence:
    counted = risks_in(risk_mask & ~graph.free_mask)
    return derived_confidence(graph.risks[bit].confidence for bit in counted)


def _padded_minutes(minutes: Mapping[RiskToken, int], padding: Padding) -> dict[RiskToken, int]:
    """Tokens for nothing, with minutes like those of the risks, so that they look alike."""
    real = sorted(minutes.values()) or [1]
    text = " ".join(sorted(minutes))
    return {
        token: real[padding.key.drawn(text, number, below=len(real))]
        for number, token in enumerate(padding.tokens(minutes, of="risks"))
    }


def _site_token(key: RiskKey, site_id: SiteId) -> RiskToken:
    return key.token(f"site:{site_id}")
