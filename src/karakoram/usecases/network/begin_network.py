"""How does somebody begin a network of their own?"""

from karakoram.usecases.ports import NetworkSource, NetworkTarget


def begin_network(*, networks: NetworkSource, target: NetworkTarget) -> None:
    """Copy a sound network to where nothing is yet.

    Raises
    ------
    InvalidDataError
        If the network to copy cannot be read or breaks a rule.
    RefusedError
        If there is something at the target already.
    """
    target.write_network(networks.read_network())
