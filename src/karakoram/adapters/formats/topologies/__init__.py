"""Which topologies do the files of other people hold?"""
