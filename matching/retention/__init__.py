"""Personal data goes when its controller's time is up; the figures stay, and the look-up log says what went.

`kinds` names what is kept, `rules` says for how long.
"""
