"""How often is a service down, and because of which component?"""

from karakoram.engines.availability.components import (
    component_unavailability as component_unavailability,
)
from karakoram.engines.availability.components import (
    series_unavailability as series_unavailability,
)
from karakoram.engines.availability.components import (
    unavailable_min_per_year as unavailable_min_per_year,
)
from karakoram.engines.availability.importance import birnbaum_importance as birnbaum_importance
from karakoram.engines.availability.importance import (
    unavailability_contribution as unavailability_contribution,
)
from karakoram.engines.availability.service import PATHS_MAX as PATHS_MAX
from karakoram.engines.availability.service import (
    service_unavailability as service_unavailability,
)
