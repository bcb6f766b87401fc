"""GDP, energy, and the intensity that follows."""
