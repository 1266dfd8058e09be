"""Funding programmes: guidelines, rates, maximum posts, caps, payout plans, deadlines and checklists, as dated rows.

Every row names its source and how sure it is (mark A–E). A guideline version is drafted, proposed and adopted by two
persons and then never changed; a change is a new version. `rules` holds the rules of one year as plain values for the
calculation; `shipped` reads the rows that come with the program, `reference` puts them into a new database.
"""
