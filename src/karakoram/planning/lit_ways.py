"""What light and what price does each way of one demand have, worked out once?"""

from karakoram.core.identifiers import SpanId
from karakoram.engines.routing import ArcPath
from karakoram.planning.path_plan import PathPlan, path_plan
from karakoram.planning.pricing import PathPrices
from karakoram.planning.search_space import SearchSpace

SpanChain = tuple[SpanId, ...]
"""A way by its spans: what light and price depend on, whatever cost it was found by."""


class LitWays:
    """The ways looked at, lit and priced at first sight. Lives while one demand is designed."""

    def __init__(self, space: SearchSpace) -> None:
        self.space = space
        self._choice = space.prepared.lightpath_choice(space.demand.bit_rate_gbps)
        self._prices = PathPrices(
            space.prepared.network, space.book, term_months=space.demand.term_months
        )
        self._plans: dict[SpanChain, PathPlan] = {}
        self._prices_minor: dict[SpanChain, int] = {}

    def plan(self, path: ArcPath) -> PathPlan:
        """The path with its lightpaths."""
        spans = self.space.prepared.graph.spans_of(path)
        if spans not in self._plans:
            demand = self.space.demand
            plan = path_plan(
                self.space.prepared,
                path,
                start=demand.a_site_id,
                choice=self._choice,
                accepted=demand.accepted_statuses,
            )
            assert plan is not None, "lines that no mode can cross are barred from the search"
            self._plans[spans] = plan
        return self._plans[spans]

    def price_minor(self, path: ArcPath) -> int:
        """All that the customer pays for the path over the term, in minor units."""
        spans = self.space.prepared.graph.spans_of(path)
        if spans not in self._prices_minor:
            self._prices_minor[spans] = self._prices.minor(self.plan(path))
        return self._prices_minor[spans]
