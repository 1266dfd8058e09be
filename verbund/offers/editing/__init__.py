"""Keeping entries: the pages on which centres and providers write, publish, check and end what the finder shows.

`listing` is the list one works from, `entry` the one form of a whole entry, `views` and its neighbours the addresses.
"""
