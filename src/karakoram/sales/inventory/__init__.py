"""What exists to be sold, what rides on what, and which units are taken."""
