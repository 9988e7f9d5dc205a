import importlib.util
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[3]


def test_the_picture_of_the_readme_is_what_the_program_draws(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "tools" / "pictures.py")
    pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pictures)
    monkeypatch.setattr(pictures, "PICTURES", tmp_path)
    pictures.main()
    drawn = (tmp_path / "corridor.svg").read_text(encoding="utf-8")
    assert ET.fromstring(drawn).tag.endswith("svg")
    stored = (ROOT / "docs" / "pictures" / "corridor.svg").read_text(encoding="utf-8")
    assert drawn == stored, "make pictures draws the stored pictures anew"
