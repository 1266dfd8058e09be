"""What is typed about accompaniments: in a hurry, week by week, and one thing at a time."""
