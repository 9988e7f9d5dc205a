"""What comes over the years and by chance: requests, growth, failures, and who computes them."""
