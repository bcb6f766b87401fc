"""The register of organisations and people out of sheets."""
