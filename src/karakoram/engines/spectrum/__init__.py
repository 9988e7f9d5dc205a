"""Where in the spectrum does a request fit, and what becomes of requests that come and go?

Nothing is named here: half of the modules hold compiled loops, which are imported where they are
used.
"""
