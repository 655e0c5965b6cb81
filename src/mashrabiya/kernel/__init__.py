"""Kernel: the pure values that every room of the house speaks in.

It imports the standard library only, touches no file, clock aside, and knows
no domain. What stands here means the same thing everywhere.
"""
