"""The roster of nurtured units (培优名录): who may come in, who is chosen, who stays."""
