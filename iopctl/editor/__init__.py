"""What an editor is told while one types: a language server over the rules, the model and cases."""
