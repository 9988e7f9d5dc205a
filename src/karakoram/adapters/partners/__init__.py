"""Partners that sell over an interface of theirs."""
