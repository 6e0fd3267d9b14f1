"""What one agreement comes to on a day: terms, reach, figures, bills, duties, share."""
