"""What an agreement costs, year by year: figures from rows and index, their split and trail."""
