"""One file for each thing the platform does; ``ports`` names what they need from outside."""
