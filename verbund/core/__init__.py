"""Mechanisms that know no noun of the domain.

Each concern has one module here: permissions, lifecycle, money, dates, audit, notifications, files, PDFs, privacy.
The apps add what is particular to them; nothing in here imports an app.
"""
