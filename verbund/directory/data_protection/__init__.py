"""Requests of people about their own data: information, copy, erasure (GDPR art. 15, 17 and 20).

The operator and the data protection officers answer them; every look is in the audit trail.
"""
