"""Certifications that a practice holds already, from a JSON or CSV file."""

from authwright.formats.certifications.reader import read_certifications

__all__ = ["read_certifications"]
