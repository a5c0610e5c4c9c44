"""The one place that wires: settings, library, store, vault, browser and engine come together here."""
