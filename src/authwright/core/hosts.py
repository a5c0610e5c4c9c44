"""Where an address leads."""

import ipaddress


def is_here(host: str) -> bool:
    """Whether it is this very machine: nobody else's, and nobody on the way."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
