"""Allocation of allowances, obligation and surrender (配额分配、应清缴与清缴); one package a sector."""
