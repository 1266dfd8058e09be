"""Local networks: bodies and working groups, members by function, meetings, papers by signed link."""
