"""Home: the first page of the house, for visitors and for members, and what the site says about itself.

To a visitor ``/`` is the landing page: what this place is, help now, what is kept and
what is not, the public communities. To a member it is home: what is new in her
communities, newest first, without a hidden choice; what waits for a first answer;
first words to greet; and, until she puts it away, a path through the first week that
asks nothing about her and stores nothing.

The pages about the site (`what we keep`, `what it can and cannot do`, `quick exit`) are
true of the code as it runs: figures come from the settings in force, and a sentence about
something that is not built is left out, never softened.

Home composes what other domains know and owns no row. Nobody imports it.
"""
