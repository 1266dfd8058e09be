"""The core work of a centre: advise institutions, open the administration, develop offers together, knit networks.

Institutions, steps and results; never data of the people who are helped. One folder per kind of work: `accompaniments`,
`openings` (intercultural opening), `ventures`, `networks`, `requests` (advice by the coordination units).
An institution is a `Partner` of the directory: the same record that has offers.
"""
