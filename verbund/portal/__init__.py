"""Home page, work list, navigation: the one place that sees every app.

Pages that join several apps belong here; nothing below may import it.
"""
