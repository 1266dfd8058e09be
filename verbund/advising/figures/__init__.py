"""What the centres' work adds up to in a year: ready for returns, reports and the council."""
