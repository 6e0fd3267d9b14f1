"""The committee's papers, their words, pictures and the dashboard."""
