"""Orders from CSV, JSON and FHIR R4 bundles."""

from authwright.formats.orders.reader import read_orders

__all__ = ["read_orders"]
