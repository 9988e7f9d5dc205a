"""What rides on what, what failed, and what an operator sees of what it carries."""
