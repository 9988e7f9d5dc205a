"""Can a product be given from what is there, and how? One planner for each way of realising it."""
