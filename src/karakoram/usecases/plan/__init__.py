"""Which ways there are, what a service over them is, and how operators route over one another."""
