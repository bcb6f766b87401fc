"""What follows from a deposit: computed quantities, their figures and lineage, what a later law makes of them."""
