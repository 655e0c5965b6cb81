"""People: who comes in, under which names they are seen, and what ties the two.

This domain owns accounts, personas, sessions, recovery codes, invitations into
the house, and guards (what is closed to whom).

An *account* is entered with a private sign-in name and a passphrase; neither is
stored. Its *vault* holds one seed; everything else is derived from it. A
*persona* is one of sixteen derived slots: no row, list or counter of the account
says which exist. A *session* carries the ids of all sixteen for as long as
somebody is signed in, so that rules which look across personas are asked when a
request arrives and never of the database at rest.

Invariants:
- Nothing on the persona side refers to the account side, and no transaction
  writes both.
- Making, renaming, switching or deleting a persona never writes the account row.
- A wrong name, a wrong passphrase and a frozen account are the same answer after
  the same work. What was frozen opens to passphrase and paper together, on its day.
- An invitation opens once. A member finds her own by her own key; whoever comes by it carries a branch,
  with the first persona alone and for a year and a half, that names nobody.
- A recovery code opens once. A freeze code opens nothing.
- A locked session says nothing until its number is given: not whose it is, not
  whether anything is at the address it knocks at. When it was used and how often
  it was tried stands in memory only.
- Who blocked whom stands nowhere: a block is a tag that only the two can compute, and
  the list of it is sealed under the blocker's persona. A block limits what the blocked
  person may do, under all her names, and never what the blocker sees of others.
- Up to where somebody has read is a row that her persona's key and the thread find together; a page that is read
  writes nothing, and leaving drops what is not written yet. What she follows lies sealed with the persona.
- An unknown, deleted, hidden or foreign persona page is the same missing page.
"""
