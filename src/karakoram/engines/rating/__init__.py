"""Which whole numbers of minor units are asked for what was sold and used?"""

from karakoram.engines.rating.graduated import TariffColumns as TariffColumns
from karakoram.engines.rating.graduated import graduated_minor as graduated_minor
from karakoram.engines.rating.graduated import usage_minor as usage_minor
from karakoram.engines.rating.percentile import nearest_rank as nearest_rank
from karakoram.engines.rating.proration import ChargeColumns as ChargeColumns
from karakoram.engines.rating.proration import MonthColumns as MonthColumns
from karakoram.engines.rating.proration import PieceColumns as PieceColumns
from karakoram.engines.rating.proration import charged_pieces as charged_pieces
from karakoram.engines.rating.proration import month_share as month_share
from karakoram.engines.rating.shares import largest_remainder_parts as largest_remainder_parts
