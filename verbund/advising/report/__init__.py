"""The year of a centre for its council: figures, institutions, networks, ventures, openings, as one accessible PDF."""
