"""Tags for the pages of the offers."""
