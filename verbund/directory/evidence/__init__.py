"""Keeping true what is known about a centre: its facts and how it is reached, each with days and source.

A centre's lead, its staff for contacts, and the operator record, correct, confirm and end them. Nothing is deleted:
what ended stays for the days before, and every earlier wording is in the audit trail.
"""
