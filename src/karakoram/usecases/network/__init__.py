"""What is asked about a network as it stands: what is in it, what is wrong, and who sees what."""
