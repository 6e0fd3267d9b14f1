"""The papers for committees as Markdown: a module for each says what its template has to fill."""
