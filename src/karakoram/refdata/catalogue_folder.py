"""Where is the catalogue of what the operators of the reference corridor sell?"""

from importlib.resources.abc import Traversable

from karakoram.refdata.packaged import packaged_folder


def catalogue_folder() -> Traversable:
    """The packaged catalogue folder of the corridor; read it as any other catalogue folder.

    >>> catalogue_folder().joinpath("catalogue.toml").is_file()
    True
    """
    return packaged_folder("catalogue")
