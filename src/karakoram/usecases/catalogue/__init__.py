"""What is sold, and how its prices change."""
