"""A way in: documents read to drafts of agreements, each value with the words it rests on.

The steps, each a module or package of its own: a file to lines (`child`, in a process with
limits), lines to passages, passages to facts with evidence (`clauses`), facts held against each
other, and the draft. Nothing is invented: what a document does not say is left out.
"""
