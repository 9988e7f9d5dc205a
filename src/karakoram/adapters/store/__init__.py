"""How are sales kept in a database?"""
