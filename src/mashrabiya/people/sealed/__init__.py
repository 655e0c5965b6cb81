"""How this domain's rows are sealed: the byte layouts, and nothing else.

Every layout has a fixed size, a fresh nonce, and is bound to its row. Nothing
here touches the database or the clock.
"""
