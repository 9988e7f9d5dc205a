"""Model, plan, sell, operate and settle a multi-operator long-haul fibre corridor."""
