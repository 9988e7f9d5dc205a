"""What does a network lose when something fails, and what do protection and restoration save?"""
