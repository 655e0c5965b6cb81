"""Platform: what every domain stands on, and which knows no domain.

The database, the web shell, templates and languages, server keys and settings,
limits, jobs and the outbox. Domains bring their tables, routes and listeners
to it; ``mashrabiya.main`` ties them together.
"""
