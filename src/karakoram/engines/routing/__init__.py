"""Which ways lead from one place to another, and how little risk can two of them share?"""

from karakoram.engines.routing.costs import ArcValues as ArcValues
from karakoram.engines.routing.digraph import NOTHING_AVOIDED as NOTHING_AVOIDED
from karakoram.engines.routing.digraph import Avoided as Avoided
from karakoram.engines.routing.digraph import Digraph as Digraph
from karakoram.engines.routing.digraph import Ends as Ends
from karakoram.engines.routing.digraph import digraph_of_sections as digraph_of_sections
from karakoram.engines.routing.digraph import mask_of as mask_of
from karakoram.engines.routing.digraph import risks_in as risks_in
from karakoram.engines.routing.k_shortest import k_shortest_paths as k_shortest_paths
from karakoram.engines.routing.k_shortest import loopless_paths as loopless_paths
from karakoram.engines.routing.k_shortest import paths_without_return as paths_without_return
from karakoram.engines.routing.pairs import DisjointPair as DisjointPair
from karakoram.engines.routing.pairs import Proof as Proof
from karakoram.engines.routing.pairs import RiskWeights as RiskWeights
from karakoram.engines.routing.pairs import least_shared_pair as least_shared_pair
from karakoram.engines.routing.risks import shared_risks as shared_risks
from karakoram.engines.routing.risks import unavoidable_risks as unavoidable_risks
from karakoram.engines.routing.rules import NO_RULE as NO_RULE
from karakoram.engines.routing.rules import PathAnswer as PathAnswer
from karakoram.engines.routing.rules import PathRule as PathRule
from karakoram.engines.routing.rules import ResourceLimit as ResourceLimit
from karakoram.engines.routing.rules import constrained_path as constrained_path
from karakoram.engines.routing.shortest import ArcPath as ArcPath
from karakoram.engines.routing.shortest import path_of_arcs as path_of_arcs
from karakoram.engines.routing.shortest import shortest_path as shortest_path
