"""Events, consultations, visits, recommendations."""
