"""How do programs of partners and buyers speak to the platform over HTTP?"""
