"""What a specification forbids is kept of it, and nothing that only explains."""

import importlib.util
import json
from pathlib import Path

ROOT = Path(__file__).parents[3]
PATHS = {
    "/quote": {"get": {}, "post": {}, "parameters": []},
    "/listener/quoteCreateEvent": {"post": {}},
}


def test_schemas_are_kept_with_all_that_they_refer_to(tmp_path, monkeypatch):
    place = ROOT / "tools" / "specification_schemas.py"
    spec = importlib.util.spec_from_file_location("specification_schemas", place)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    quote = {
        "type": "object",
        "description": "A quote",
        "required": ["state"],
        "properties": {"description": {"type": "string"}, "state": {"$ref": "#/definitions/State"}},
    }
    state = {"type": "string", "enum": ["open"], "example": "open"}
    schemas = {"Quote": quote, "State": state, "Other": {"type": "string"}}
    (tmp_path / "TMF1-Some-v4.json").write_text(
        json.dumps({"definitions": schemas, "paths": PATHS})
    )
    monkeypatch.setattr(tool, "WANTED", {"TMF1-Some-v4.json": ("Quote",)})
    monkeypatch.setattr(tool, "TARGET", tmp_path)
    tool.main(tmp_path)
    told = json.loads((tmp_path / "tmf1-some.json").read_text(encoding="utf-8"))
    assert told["source"] == "TMF1-Some-v4.json"
    assert told["operations"] == ["GET /quote", "POST /quote"]
    assert told["schemas"] == {
        "Quote": {
            "type": "object",
            "required": ["state"],
            "properties": {
                "description": {"type": "string"},
                "state": {"$ref": "#/schemas/State"},
            },
        },
        "State": {"type": "string", "enum": ["open"]},
    }
