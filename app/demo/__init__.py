"""A believable city, made by driving the real services under a shifted clock."""
