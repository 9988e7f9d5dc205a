"""Legs bought of partner operators: asked for, followed, and compared with what partners tell."""
