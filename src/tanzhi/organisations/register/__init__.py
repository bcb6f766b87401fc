"""The register: regions, organisations, facilities, units, membership."""
