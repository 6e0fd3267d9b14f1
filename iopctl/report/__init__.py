"""What committees are told of their partnerships: an overview, a memo on one, a yearly report."""
