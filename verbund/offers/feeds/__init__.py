"""What the finder shows, for programs that ask again by themselves: dates for calendars, entries for feed readers.

The address is that of the finder with the same filters, read by the same form and answered by the same search.
"""
