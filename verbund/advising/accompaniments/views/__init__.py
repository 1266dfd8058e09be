"""Pages of accompaniments: quick entry, week, list and record, institutions, merging, overview."""
