"""What is billed: who asks whom for which part, when, and what the invoice says."""
