"""The annual report and the receipt of a deposit as papers."""
