"""What is owed for what was sold and used, line by line and exact to the minor unit?"""
