"""The calculator for everybody: what a base grant comes to, with its working and the rule's source. Stores nothing."""
