"""Intercultural opening of offices and regular services: agreement, goals, measures, yearly review."""
