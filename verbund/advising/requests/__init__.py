"""Advice by the coordination units: questions of the centres, answers, visits, the yearly survey of needs."""
