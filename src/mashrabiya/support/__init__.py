"""Support: help for somebody in danger now, and later peer supporters.

`Help now` is one address (``/h``), one request, one file that carries its own sheet and no
script: it opens on a bad line, prints on one page, asks for no account and does not
carry the name of the site. It says first steps for each situation, one act a line, and who
answers. No number is shown that nobody checked; while none is entered, the page says so,
and what to ask of any line before trusting it. No step describes a way to harm oneself.
"""
