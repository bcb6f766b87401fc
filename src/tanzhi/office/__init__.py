"""Letters, papers in Word and PDF, imports of whole tables."""
