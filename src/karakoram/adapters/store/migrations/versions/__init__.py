"""Which forms has a store had? One file each, oldest first by its number."""
