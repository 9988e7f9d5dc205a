"""How are sales kept in a database: SQLite in a file, or PostgreSQL on a server?"""
