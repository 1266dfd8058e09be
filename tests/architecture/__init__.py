"""What a machine can check of the house style."""
