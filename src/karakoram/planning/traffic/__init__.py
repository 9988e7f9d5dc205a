"""Which traffic does a topology carry, and how often must it say no?"""
