"""When an agreement holds: its days, its options, its notice, and where it stands on a day."""
