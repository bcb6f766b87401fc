"""Climate finance (气候投融资): project library, credit, disbursement."""
