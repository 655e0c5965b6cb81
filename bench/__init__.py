"""Speed, weight and memory of the house, measured. Run by ./dev bench; never part of the tests.

Processor time is what counts: machines are shared, and wall time says little.
"""
