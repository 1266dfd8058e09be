"""Ventures: from a need with figures, a concept written together, a pilot, to a permanent offer."""
