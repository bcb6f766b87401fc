"""The society-wide greenhouse-gas inventory (温室气体清单)."""
