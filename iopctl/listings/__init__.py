"""Tables: what a listing shows on the screen and what an export holds, as declared columns."""
