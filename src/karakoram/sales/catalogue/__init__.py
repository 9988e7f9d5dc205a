"""Which products does an operator of the corridor offer, and what does each of them take?"""
