"""Which processors do the work, and where does its randomness come from?"""
