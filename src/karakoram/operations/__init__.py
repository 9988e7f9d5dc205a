"""Are promises kept: when did a service work, and when not?"""
