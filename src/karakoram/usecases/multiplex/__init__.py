"""Containers and tributaries of the digital multiplex: opened, filled, moved and closed."""
