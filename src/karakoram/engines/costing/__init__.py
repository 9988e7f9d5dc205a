"""What does a service cost, and who earns what?"""

from karakoram.engines.costing.charges import charge as charge
from karakoram.engines.costing.charges import totals_by_owner as totals_by_owner
