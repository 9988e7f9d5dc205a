"""What exists: operators, sites, cables, spans and the network they form."""
