"""One file for each thing the platform does; ``ports`` name what they need from outside."""
