"""Stewardship: the desk of those who run the house.

*First run* leads whoever opened the first host's link step by step: the name
and languages, who may make an account, agreements, retention, where quick exit
leads, the first community, the first carers, the copy of the key, the backup.
Each step is saved at once and can be gone back to. Afterwards the same steps
stand side by side as the settings of the house.

Every address here begins with ``/o`` and exists for hosts only, but for the automatic rules of a
community, which stand under its own address for whoever runs it.

The house opens when its key was copied and its backup was tried: a house
without either loses everybody at the first broken disk. The key itself is never
typed into a page; the fingerprint of the copy is.

Codes of invitations are shown once. Only how many are out is known afterwards.
Carers are invited during first run; once the house is open, giving a role takes
two people (``care``). What hosts change is an entry of the log of acts.
"""
