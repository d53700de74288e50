"""Why a document has its score: what each leaf of a query adds to it, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Final

import numpy as np

from index.execution import similarity
from index.execution.evaluation import Evaluator
from index.execution.phrases import Places, adjacent, near
from index.execution.reader import IndexReader
from index.fields import NEAR, NEAR_FORMS, ZONES_IN, field_name
from index.query import And, AtLeast, DateRange, Keyword, Or, Phrase, Prefix, Query, Scope, Word
from index.results import FieldScore, Reason

_ALTERNATIVES: Final = frozenset({"stem", "parts", "near"})
"""The ways a word may match of which only the best counts."""

_Frequencies = Mapping[str, Mapping[str, int]]
"""How often a leaf stands in one document, by form and zone."""


def explain(evaluator: Evaluator, query: Query, doc: int) -> tuple[Reason, ...]:
    """Return why `doc` matches `query`; the scores of all reasons add up to its score.

    Nothing when it does not match.
    """
    reasons: list[Reason] = []
    waiting = [query]
    while waiting:
        node = waiting.pop()
        matches = evaluator.evaluate(node)
        place = int(np.searchsorted(matches.docs, doc))
        if place == len(matches.docs) or matches.docs[place] != doc:
            continue
        match node:
            case And(children) | Or(children) | AtLeast(children):
                waiting += reversed(children)
            case Word() | Phrase() | Prefix():
                idf = similarity.idf(len(matches.docs), len(evaluator.reader.live))
                fields = tuple(_fields(evaluator, node, doc, idf))
                reasons.append(Reason(node, float(matches.scores[place]), fields))
            case Keyword() | DateRange():
                reasons.append(Reason(node, 0.0))
    return tuple(reasons)


def _fields(evaluator: Evaluator, leaf: Word | Phrase | Prefix, doc: int, idf: float) -> Iterator[FieldScore]:
    """Yield what a leaf is worth in each field: the score of a form, divided among the zones."""
    reader = evaluator.reader
    forms = _frequencies(evaluator, leaf, doc)
    weights = {form: _weights(reader, zones, doc) for form, zones in forms.items()}
    scores = {form: idf * _form_score(leaf, form, sum(weights[form].values())) for form in forms}
    best = max(_ALTERNATIVES & scores.keys(), key=lambda form: scores[form], default=None)
    for form, zones in forms.items():
        for zone, frequency in zones.items():
            share = weights[form][zone] / sum(weights[form].values())
            counts = form == best or form not in _ALTERNATIVES
            yield FieldScore(f"{zone}_{form}", frequency, scores[form] * share, counts)


def _weights(reader: IndexReader, zones: Mapping[str, int], doc: int) -> dict[str, float]:
    return {
        zone: similarity.ZONE_WEIGHTS[zone] * frequency * float(reader.norms(zone)[doc])
        for zone, frequency in zones.items()
    }


def _form_score(leaf: Query, form: str, frequency: float) -> float:
    """Return what one form is worth before its idf, given its weighted frequency in all zones."""
    forms = ("stem", "exact") if isinstance(leaf, Phrase) else (form,)
    weighted = np.array([frequency])
    return float(similarity.combined(dict.fromkeys(forms, weighted))[0])


def _frequencies(evaluator: Evaluator, leaf: Word | Phrase | Prefix, doc: int) -> _Frequencies:
    """Return how often a leaf stands in a document, only where it does."""
    reader = evaluator.reader
    match leaf:
        case Phrase():
            forms = {"exact": _of_phrase(reader, leaf, doc)}
        case Prefix():
            forms = {"exact": _of_keys(reader, leaf.scope, "exact", evaluator.expansions(leaf), doc)}
        case Word():
            keys = {"stem": leaf.stems, "parts": leaf.parts, "exact": leaf.exact}
            forms = {form: _of_keys(reader, leaf.scope, form, keys[form], doc) for form in keys}
            forms["near"] = _of_compound(reader, leaf, doc) if leaf.near else {}
    found = {form: {zone: times for zone, times in zones.items() if times} for form, zones in forms.items()}
    return {form: zones for form, zones in found.items() if zones}


def _of_keys(reader: IndexReader, scope: Scope, form: str, keys: Iterable[str], doc: int) -> dict[str, int]:
    wanted = tuple(keys)
    return {
        zone: sum(len(_places(reader, field_name(zone, form), key, doc)) for key in wanted)
        for zone in ZONES_IN[scope]
    }


def _of_phrase(reader: IndexReader, phrase: Phrase, doc: int) -> dict[str, int]:
    found = {}
    for zone in ZONES_IN[phrase.scope]:
        words = [_places(reader, field_name(zone, "exact"), word, doc) for word in phrase.words]
        found[zone] = len(near(words, phrase.slop) if phrase.slop else adjacent(words))
    return found


def _of_compound(reader: IndexReader, word: Word, doc: int) -> dict[str, int]:
    found = {}
    for zone in ZONES_IN[word.scope]:
        fields = [field_name(zone, form) for form in NEAR_FORMS]
        groups = [_any_of(reader, fields, group, doc) for group in word.near]
        found[zone] = len(near(groups, NEAR))
    return found


def _any_of(reader: IndexReader, fields: Iterable[str], keys: Iterable[str], doc: int) -> Places:
    """Return the places of any of some keys in any of some fields of one document, each once."""
    found = [_places(reader, field, key, doc) for field, key in product(fields, keys)]
    return np.unique(np.concatenate([*found, np.empty(0, np.int64)]))


def _places(reader: IndexReader, field: str, key: str, doc: int) -> Places:
    """Return the places of a key in a field of one document."""
    places = reader.positions(field, key).keys
    first, last = np.searchsorted(places, [doc << 32, (doc + 1) << 32])
    return places[first:last]
