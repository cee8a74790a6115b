"""The law and the case in plain Python."""
