"""Proposals: new and changed entries from people without an account, checked by the centre that is responsible.

A submitter comes back by a link; only its hash is stored. Nothing a proposal says is public before the centre accepts.
"""
