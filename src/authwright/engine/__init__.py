"""Durable runs, schedules, leases and the worklist: what carries a case from step to step."""
