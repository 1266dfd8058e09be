"""Pages of ventures."""
