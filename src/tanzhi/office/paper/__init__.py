"""Papers in Word and PDF."""
