"""Uptime arithmetic, the threshold machine over rounds, day bars, component state. Pure: no I/O."""
