"""Budgets, deadlines, invoices and papers for IOP agreements kept as YAML in git."""

__version__ = "0.1.0"
