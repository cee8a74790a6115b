"""Papers: their catalogue, the letters the office issues, the store of files, and the check at the door."""
