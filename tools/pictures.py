"""Draw the pictures of the documents from the reference corridor: ``make pictures``."""

from pathlib import Path

from karakoram.adapters.formats.network_folder import read_network
from karakoram.adapters.formats.report.network_picture import network_picture
from karakoram.refdata.corridor import corridor_folder

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"


def main() -> None:
    """Write every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    picture = network_picture(read_network(corridor_folder()))
    (PICTURES / "corridor.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
