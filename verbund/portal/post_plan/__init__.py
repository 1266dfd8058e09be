"""The post plan of a centre: posts of the notices, who holds them, what a vacancy costs; as table, picture and file."""
