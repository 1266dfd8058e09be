"""Verbund: the working platform of a network of municipal integration centres."""
