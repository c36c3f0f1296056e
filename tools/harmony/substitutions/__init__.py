"""What may stand in for a chord, at three levels of spice, each change with its reason."""

from tools.harmony.substitutions._place import Move, Place, Span, row_of
from tools.harmony.substitutions._rules import KINDS, moves

__all__ = ["KINDS", "Move", "Place", "Span", "moves", "row_of"]
