"""What people type about offers, read and checked."""
