"""Reading: lists and single things, always for this person."""
