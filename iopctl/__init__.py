"""Budgets, deadlines, invoices and papers for IOP agreements kept as YAML in git."""
