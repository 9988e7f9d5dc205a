"""How is a design shown on one page that explains itself?"""
