"""Pages of staffing: one module per aggregate."""
