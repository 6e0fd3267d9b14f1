"""Invoices and credit notes as documents: what they say, their numbers, pages and e-invoice."""
