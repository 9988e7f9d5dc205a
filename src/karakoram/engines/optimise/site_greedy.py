"""Which sites are left when one after another is left out?"""

from collections import Counter
from collections.abc import Sequence

from karakoram.engines.optimise.site_choice import SiteChoice, SiteSearch
from karakoram.engines.optimise.tight import TightDemand, length_floor_m, site_count_floor


def sites_by_leaving_out(demands: Sequence[TightDemand]) -> SiteChoice:
    """Sites of which none can be left out.

    The site that serves the fewest demands is tried first. There may be a smaller set; the bounds
    say how much better it may be. O(sites x demands x places²).
    """
    serves = Counter(
        site
        for demand in demands
        for site in frozenset().union(*(path.cut_sites() for path in demand))
    )
    kept = frozenset(serves)
    for site in sorted(serves, key=lambda one: (serves[one], one)):
        fewer = kept - {site}
        if all(any(path.stands_with(fewer) for path in demand) for demand in demands):
            kept = fewer
    return SiteChoice(
        sites=kept,
        search=SiteSearch.GREEDY,
        site_count_bound=site_count_floor(demands),
        length_m_bound=length_floor_m(demands),
    )
