"""Keys, sealed values, secrets, codes by time, and logs that give nothing away."""
