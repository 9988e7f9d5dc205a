"""The vocabulary every other package shares: units, grid, money, time, findings, errors.

Imports nothing from the rest of the platform.
"""
