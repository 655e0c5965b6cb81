"""What the tests of all domains share: a real house in a temporary folder, and a browser without a screen.

Not part of the running house: nothing but tests imports it.
"""
