"""What the clock's job costs: when nothing is due, and when much is."""
