"""What is written as JSON has the fields that OpenAPI names, in their order."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest
from pydantic import BaseModel

from corpus.document import Committee, Decision, Municipality, Part
from index.highlighting import Snippet
from search_service import schemas, timeline_schemas
from search_service.rendering import coverage, result_objects, search_links, search_objects, timelines


@pytest.mark.parametrize(
    ("written", "model"),
    [
        (result_objects.ResultObject, schemas.Result),
        (Snippet, schemas.Snippet),
        (result_objects.SectionObject, schemas.SectionResponse),
        (result_objects.NeighbourObject, schemas.Neighbour),
        (result_objects.DocumentObject, schemas.DocumentResponse),
        (result_objects.CaseObject, schemas.CaseResponse),
        (result_objects.DecisionObject, schemas.Decision),
        (search_links.LinksObject, schemas.SearchLinks),
        (search_objects.SearchObject, schemas.SearchResponse),
        (search_objects.QueryObject, schemas.QueryEcho),
        (search_objects.FacetObject, schemas.Facet),
        (search_objects.FacetValueObject, schemas.FacetValue),
        (search_objects.FacetAnswerObject, schemas.FacetResponse),
        (search_objects.IndexObject, schemas.IndexState),
        (coverage.SourcesObject, schemas.SourcesResponse),
        (coverage.SourceObject, schemas.Source),
        (coverage.MissingObject, schemas.MissingSections),
        (coverage.UnreadableObject, schemas.Unreadable),
        (timelines.TimelineObject, timeline_schemas.TimelineResponse),
        (timelines.TimelineLinksObject, timeline_schemas.TimelineLinks),
        (timelines.YearObject, timeline_schemas.Year),
    ],
)
def test_a_struct_has_the_fields_of_its_model(written: type[msgspec.Struct], model: type[BaseModel]) -> None:
    fields = [field.encode_name for field in msgspec.structs.fields(written)]

    assert fields == [field.alias or name for name, field in model.model_fields.items()]


@pytest.mark.parametrize(
    ("written", "model"),
    [
        (Municipality, schemas.Body),
        (Committee, schemas.Body),
        (Decision, schemas.Decision),
        (Part, schemas.Part),
    ],
)
def test_a_dataclass_that_is_written_as_it_stands_has_the_fields_of_its_model(
    written: type, model: type[BaseModel]
) -> None:
    assert [field.name for field in dataclasses.fields(written)] == list(model.model_fields)
