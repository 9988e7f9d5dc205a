"""What would a service need: routes, lightpaths, protection, availability, price."""
