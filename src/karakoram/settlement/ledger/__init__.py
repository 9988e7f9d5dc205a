"""What moved from which account to which, when and why?"""
