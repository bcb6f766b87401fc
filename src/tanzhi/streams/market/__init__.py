"""Allocation and registry (配额分配与登记): runs, accounts, postings, surrender."""
