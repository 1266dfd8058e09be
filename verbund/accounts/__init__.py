"""People who sign in: users, role names, sign-in, second factor, invitations.

Who belongs to which organisation, and since when, is the directory's concern (`directory.Membership`).
"""
