"""Why a document has its score: what each leaf of a query adds to it, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np

from index.execution import similarity
from index.execution.evaluation import Evaluator
from index.execution.leaves import LeafScorer
from index.execution.postings import Postings
from index.execution.reader import IndexReader
from index.execution.word_line import Places
from index.fields import ZONES, ZONES_IN
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
                score = 0.0 if matches.scores is None else float(matches.scores[place])
                reasons.append(Reason(node, score, fields))
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
    boost = similarity.PHRASE_BOOST if isinstance(leaf, Phrase) else similarity.FORM_BOOSTS[form]
    return float(similarity.saturate(np.array([frequency]), boost)[0])


def _frequencies(evaluator: Evaluator, leaf: Word | Phrase | Prefix, doc: int) -> _Frequencies:
    """Return how often a leaf stands in a document, only where it does."""
    reader = evaluator.reader
    scorer = LeafScorer(reader, evaluator.deadline, evaluator.max_expansions)
    match leaf:
        case Phrase():
            forms = {"exact": _by_zone(reader, scorer.phrase_places(leaf), doc)}
        case Prefix():
            forms = {"exact": _of_keys(reader, leaf.scope, "exact", scorer.expansions(leaf)[0], doc)}
        case Word():
            keys = {"stem": leaf.stems, "parts": leaf.parts, "exact": leaf.exact}
            forms = {form: _of_keys(reader, leaf.scope, form, keys[form], doc) for form in keys}
            if leaf.near:
                forms["near"] = _by_zone(reader, scorer.near_places(leaf), doc)
    found = {form: {zone: times for zone, times in zones.items() if times} for form, zones in forms.items()}
    return {form: zones for form, zones in found.items() if zones}


def _of_keys(reader: IndexReader, scope: Scope, form: str, keys: Iterable[str], doc: int) -> dict[str, int]:
    """Return how often any of some keys stands in each zone of a document."""
    times = dict.fromkeys(ZONES_IN[scope], 0)
    for key in keys:
        postings = reader.postings(form, key)
        place = int(np.searchsorted(postings.docs, doc))
        if place < len(postings.docs) and postings.docs[place] == doc:
            for zone in times:
                times[zone] += _in_zone(postings, zone, place)
    return times


def _in_zone(postings: Postings, zone: str, place: int) -> int:
    """Return how often a term stands in a zone of the document at `place` of its list."""
    if zone == "text":
        return int(postings.text[place])
    few = {"title": postings.title, "decision": postings.decision}[zone]
    at = int(np.searchsorted(few.at, place))
    return int(few.freqs[at]) if at < len(few.at) and few.at[at] == place else 0


def _by_zone(reader: IndexReader, places: Places, doc: int) -> dict[str, int]:
    """Return how many of some places are in each zone of a document."""
    first = len(ZONES) * doc
    zones = reader.line.zones(places) - first
    return {zone: int(np.count_nonzero(zones == number)) for number, zone in enumerate(ZONES)}
