"""Which choice is best where many depend on one another?"""

from karakoram.engines.optimise.cuts import PathCuts as PathCuts
from karakoram.engines.optimise.cuts import fewest_transponders as fewest_transponders
from karakoram.engines.optimise.regenerators import PlacedDemand as PlacedDemand
from karakoram.engines.optimise.regenerators import Placement as Placement
from karakoram.engines.optimise.regenerators import place_regenerators as place_regenerators
from karakoram.engines.optimise.site_choice import SearchLimit as SearchLimit
from karakoram.engines.optimise.site_choice import SiteSearch as SiteSearch
from karakoram.engines.optimise.tight import CandidatePath as CandidatePath
from karakoram.engines.optimise.transparent import ModeColumns as ModeColumns
from karakoram.engines.optimise.transparent import PathColumns as PathColumns
from karakoram.engines.optimise.transparent import Segments as Segments
from karakoram.engines.optimise.transparent import transparent_segments as transparent_segments
