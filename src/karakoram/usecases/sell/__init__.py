"""From a wish to a product in service, and to its end: quotes, orders, legs, and who sees them."""
