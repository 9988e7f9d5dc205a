"""Many rows of a file for the sales desk, done at once or as a job that goes on by itself."""
