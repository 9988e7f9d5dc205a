"""What is sold, to whom, from which resources and at which price?"""
