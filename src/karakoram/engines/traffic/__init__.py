"""Who asks for what and when, and how sure are we of how often the answer is no?"""

from karakoram.engines.traffic.choice import WeightedChoice as WeightedChoice
from karakoram.engines.traffic.choice import pair_weights as pair_weights
from karakoram.engines.traffic.choice import weighted_choice as weighted_choice
from karakoram.engines.traffic.holding import EndlessHolding as EndlessHolding
from karakoram.engines.traffic.holding import ExponentialHolding as ExponentialHolding
from karakoram.engines.traffic.holding import FixedHolding as FixedHolding
from karakoram.engines.traffic.holding import HoldingLaw as HoldingLaw
from karakoram.engines.traffic.holding import LognormalHolding as LognormalHolding
from karakoram.engines.traffic.statistics import BATCHES_MIN as BATCHES_MIN
from karakoram.engines.traffic.statistics import BatchPlan as BatchPlan
from karakoram.engines.traffic.statistics import BlockingTally as BlockingTally
from karakoram.engines.traffic.statistics import Estimate as Estimate
from karakoram.engines.traffic.statistics import batch_plan as batch_plan
from karakoram.engines.traffic.statistics import empty_tally as empty_tally
from karakoram.engines.traffic.statistics import merged_tally as merged_tally
from karakoram.engines.traffic.statistics import ratio_estimate as ratio_estimate
from karakoram.engines.traffic.streams import RandomSources as RandomSources
from karakoram.engines.traffic.streams import RequestChunk as RequestChunk
from karakoram.engines.traffic.streams import RequestLaw as RequestLaw
from karakoram.engines.traffic.streams import next_requests as next_requests
from karakoram.engines.traffic.streams import traced_requests as traced_requests
