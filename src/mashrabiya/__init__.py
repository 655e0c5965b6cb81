"""Mashrabiya: self-hostable software for online communities of LGBTQ+ people."""

__version__ = "0.1.0"
