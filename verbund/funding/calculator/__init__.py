"""The calculators for everybody: base grant, interest, deadline, each with its working and sources. Stores nothing."""
