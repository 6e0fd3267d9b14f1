"""New text for agreement files: edits, log events, amendments, renewals, first drafts."""
