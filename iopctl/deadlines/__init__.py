"""What an agreement asks to be done, and by when."""
