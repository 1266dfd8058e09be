"""Lists people bring along: CSV, XLSX and ODS files, read safely; nothing is trusted before it was checked."""

from verbund.core.spreadsheets.reading import LARGEST_FILE, Row, Table, UnreadableFile, open_table, where

__all__ = ["LARGEST_FILE", "Row", "Table", "UnreadableFile", "open_table", "where"]
