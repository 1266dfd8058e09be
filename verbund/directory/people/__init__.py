"""Who belongs to which organisation, since when, and who stands in for whom: invitations, memberships, deputies.

The files bear the names they bear in every app; the models are with the other models of the directory.
"""
