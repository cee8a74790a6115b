"""The roster of nurtured units: nominations and their review, admission, the yearly review, what is done for members."""
