"""How a store is begun and looked after, and who may log in."""
