"""Experiences: how members lived it, told for those who come after, beside what is known.

An *experience* is three short answers: what the situation was, what was done, what came of it; one of them is
enough. It is told under a persona, or *unnamed*, and may stand with a question that it answers, a step of a
guide, a country. It is plain words: nothing in it leads anywhere, and nothing calls anybody.

An unnamed one carries a token in place of a persona, made of the person and of this experience alone: no two of
hers have one in common, and nobody but she makes it again. So she alone changes it or takes it back, and nothing
that happens to any of her names changes how it stands.

Its teller *consents* layer by layer, and changes each by itself at any time: that members read it, that everybody
does, that it may stand beside the step of the guide, that she may be asked for a passage. Told anew, members
alone read it. With no layer left it lies with her. What she takes back is gone at once, everywhere, with every
mark on it, and no copy is kept.

A *passage* stands in a guide word for word, without a name, once she has agreed to that one, for those who may
read the experience. It goes with her consent, with the words it is taken from, with the experience, or at her
press. Nothing of an experience is on paper or in a copy for when there is no network: it could not be taken back.

*Same here* and *this helped* count people: one of each a person, under all her names, none on her own. Nobody can
list what somebody marked, and neither counts for trust.

Which ones stand beside a step those choose who edit the library, three at most; the rest waits behind one link.

Its time is the month it was told in; inside a month their order is chance. It stays until its teller takes it
back, or the persona under which it was told is erased, and five years at most.

A care team holds, hides and removes it as it does a post, with a reason, an objection and a way back.
"""
