"""Press-conference bulletin, disclosures, public portal."""
