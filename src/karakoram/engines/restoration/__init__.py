"""What stays up when something fails, what is brought back over other ways, and how soon?"""
