"""Strict YAML: text that remembers where every key, value and comment stands.

It knows no field of an agreement and opens no file.
"""

from iopctl.source.layout import Style
from iopctl.source.places import Path, Problem, Span, dotted
from iopctl.source.reader import Comment, Source, read, reread

__all__ = ["Comment", "Path", "Problem", "Source", "Span", "Style", "dotted", "read", "reread"]
