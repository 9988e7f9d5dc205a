"""Which colours does the report use, in light and in dark?

Lines and marks follow Okabe and Ito, "Color Universal Design" (2008), whose eight colours stay
apart for every kind of colour vision; whatever a colour says, a pattern, shape or word says too.
Text keeps a contrast of 4.5:1 to its ground and lines one of 3:1 (WCAG 2.2, AA); a test counts.
"""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "panel": "#f5f7f9",
    "ink": "#17212b",
    "muted": "#51606e",
    "grid": "#dbe1e7",
    "link": "#005a8f",
    "accent": "#0072b2",
    "sea": "#e6eef5",
    "sea-ink": "#4a6378",
    "land": "#fbf8f0",
    "coast": "#b9b29f",
    "fibre": "#7a8590",
    "halo": "#ffffffd9",
    "working": "#0072b2",
    "protection": "#c24e00",
    "green": "#00795a",
    "purple": "#a8487f",
    "amber": "#9a6a00",
    "teal": "#2b7ba6",
}
"""The second blue, vermilion and green are darkened for contrast on white."""

DARK: Mapping[str, str] = {
    "paper": "#12181f",
    "panel": "#1a222b",
    "ink": "#e8edf2",
    "muted": "#a5b1bd",
    "grid": "#2e3a46",
    "link": "#7cc4f0",
    "accent": "#56b4e9",
    "sea": "#1b3044",
    "sea-ink": "#8fa9bf",
    "land": "#252b2e",
    "coast": "#56605f",
    "fibre": "#8b97a2",
    "halo": "#12181fd9",
    "working": "#56b4e9",
    "protection": "#f0a030",
    "green": "#3fc79a",
    "purple": "#dd8fbd",
    "amber": "#f0e442",
    "teal": "#7fd0e8",
}


def variables(palette: Mapping[str, str]) -> str:
    """The palette as CSS custom properties."""
    return "".join(f"--{name}:{colour};" for name, colour in palette.items())
