"""Makes and reads trees of queries."""

from index.query import (
    And,
    Not,
    Or,
    Query,
    Scope,
    Word,
)
from tests.analysis import parse


def word(surface: str, scope: Scope = Scope.ALL) -> Word:
    tree = parse(surface, scope=scope).tree
    assert isinstance(tree, Word)
    return tree


def leaves(tree: Query) -> list[Query]:
    match tree:
        case And() | Or():
            return [leaf for child in tree.children for leaf in leaves(child)]
        case Not():
            return leaves(tree.child)
        case _:
            return [tree]
