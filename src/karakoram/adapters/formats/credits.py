"""Whom must a map of the network credit?"""

from karakoram.network.network import Network

GEONAMES_CREDIT = "Place coordinates: GeoNames (https://www.geonames.org), CC BY 4.0"


def credits_of(network: Network) -> tuple[str, ...]:
    """The credits that the sources of the sites ask for wherever the sites are shown."""
    sources = (site.provenance.source.casefold() for site in network.sites.values())
    return (GEONAMES_CREDIT,) if any("geonames" in source for source in sources) else ()
