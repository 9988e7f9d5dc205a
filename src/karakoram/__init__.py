"""Model, plan, sell, operate and settle a multi-operator long-haul fibre corridor."""

__version__ = "0.1.0"
