"""The library: what is true, how sure it is, who checked it and when, and how others lived it.

Guides say what can be done, step by step; experiences stand beside a step, with their tellers' consent; a country's
page says what its law is known to say, and that what is not known is no safety; services are places that help, each
with the day it was checked; the glossary says words kindly. ``shelf`` holds what a house begins with: first editions,
which nobody has reviewed yet and which say so.

What nobody checked in time leaves the lists. What is not known never looks, sorts or counts like what is safe.
"""
