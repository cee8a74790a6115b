"""How long things take: ``python -m bench`` measures and prints one table. The product does not know this package."""
