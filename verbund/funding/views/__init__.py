"""HTTP, translated into one call of the domain each."""
