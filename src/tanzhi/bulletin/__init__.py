"""Press-conference bulletin, public portal."""
