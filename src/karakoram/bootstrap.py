"""Which adapter plays which part?"""
