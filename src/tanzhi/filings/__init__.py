"""What somebody stated for a subject and a period: forms, versions, checks, results."""
