"""Ways into a community: questions, invitations, and two members who vouch.

Whoever runs a place says how one enters it. *Open*: one joins. *Questions*: one answers up to three of them and
asks to enter; those who run the place let in or decline. *By invitation*: a link lets in, once. *Two vouch*: one
asks, and enters when two different, trusted members stand for her. A link lets in everywhere, and it alone shows
a hidden place to somebody outside.

A *request* names the persona and says that it asks, nothing else of her. Its *answers* are sealed for the
personas that run the place at that moment, and for nobody else, whatever keys they hold. They die with the
decision, or after fourteen days. What is said to her with a decision is sealed for her alone. Nothing ties two
requests, or an invitation and its maker: that it is hers, her own session finds.

Who vouched is told to nobody; what is kept of it is a nullifier of this one request.

The log of the place says how many invitations were made and used in a week, and how many were let in: no names,
no days.
"""
