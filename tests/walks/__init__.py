"""Random walks: cases that take every way of the diagram in an order that nobody thought of."""
