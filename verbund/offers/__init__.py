"""Who offers what, for whom, where, when, in which language: the finder, and how its entries are kept true.

A partner organisation has offers; an offer takes place at places, each with hours of its own. Words for needs,
audiences and accessibility are editable rows with names in several languages and synonyms. What was last checked is
shown and ages honestly. A protected address never leaves.
"""
