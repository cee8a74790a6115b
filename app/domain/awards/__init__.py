"""The awards of the programme: what each gives, to whom, for which papers, and how much."""
