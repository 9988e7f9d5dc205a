"""Where is the reference network: the China-Pakistan digital corridor and its sea cables?"""

from importlib.resources.abc import Traversable

from karakoram.refdata.packaged import packaged_folder


def corridor_folder() -> Traversable:
    """The packaged network folder of the corridor; read it as any other network folder.

    >>> corridor_folder().joinpath("karakoram.toml").is_file()
    True
    """
    return packaged_folder("corridor")
