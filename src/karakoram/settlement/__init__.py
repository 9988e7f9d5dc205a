"""Who owes what to whom: money moved, exact to the last minor unit."""
