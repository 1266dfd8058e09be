"""What is typed: one module per aggregate."""
