"""What sets the product up and serves its demonstration, with nothing but the standard library."""
