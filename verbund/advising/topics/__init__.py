"""Topics: what several centres do about one matter, as a page of offers, bodies, contacts and gaps."""
