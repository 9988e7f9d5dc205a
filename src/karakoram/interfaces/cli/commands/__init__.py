"""One small file for each command; it is imported only when the command is called.

A command is an options record, a function that takes it, and ``app``. To add one, write its file
here, named by its words (``network_show``), and give it a line in the table of ``main``.
"""
