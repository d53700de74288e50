"""What is written as JSON has the fields that OpenAPI names, in their order."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest
from pydantic import BaseModel

from corpus.document import Committee, Decision, Municipality, Part
from index.highlighting import Snippet
from search_service.rendering import coverage, result_objects, search_links, search_objects, timelines
from search_service.schemas import coverage as coverage_models
from search_service.schemas import searches as searches_models
from search_service.schemas import sections as sections_models
from search_service.schemas import timeline as timeline_models


@pytest.mark.parametrize(
    ("written", "model"),
    [
        (result_objects.ResultObject, sections_models.Result),
        (Snippet, sections_models.Snippet),
        (result_objects.SectionObject, sections_models.SectionResponse),
        (result_objects.NeighbourObject, sections_models.Neighbour),
        (result_objects.DocumentObject, sections_models.DocumentResponse),
        (result_objects.CaseObject, sections_models.CaseResponse),
        (result_objects.DecisionObject, sections_models.Decision),
        (search_links.LinksObject, searches_models.SearchLinks),
        (search_objects.SearchObject, searches_models.SearchResponse),
        (search_objects.QueryObject, searches_models.QueryEcho),
        (search_objects.FacetObject, searches_models.Facet),
        (search_objects.FacetValueObject, searches_models.FacetValue),
        (search_objects.FacetAnswerObject, searches_models.FacetResponse),
        (search_objects.IndexObject, searches_models.IndexState),
        (coverage.SourcesObject, coverage_models.SourcesResponse),
        (coverage.SourceObject, coverage_models.Source),
        (coverage.MissingObject, coverage_models.MissingSections),
        (coverage.UnreadableObject, coverage_models.Unreadable),
        (timelines.TimelineObject, timeline_models.TimelineResponse),
        (timelines.TimelineLinksObject, timeline_models.TimelineLinks),
        (timelines.YearObject, timeline_models.Year),
    ],
)
def test_a_struct_has_the_fields_of_its_model(written: type[msgspec.Struct], model: type[BaseModel]) -> None:
    fields = [field.encode_name for field in msgspec.structs.fields(written)]

    assert fields == [field.alias or name for name, field in model.model_fields.items()]


@pytest.mark.parametrize(
    ("written", "model"),
    [
        (Municipality, sections_models.Body),
        (Committee, sections_models.Body),
        (Decision, sections_models.Decision),
        (Part, sections_models.Part),
    ],
)
def test_a_dataclass_that_is_written_as_it_stands_has_the_fields_of_its_model(
    written: type, model: type[BaseModel]
) -> None:
    assert [field.name for field in dataclasses.fields(written)] == list(model.model_fields)
