"""From what the verbs answer to what a page says: words, dates and numbers in the visitor's language.

Presenters are pure: they read no database and no request, and templates only place what they have made.
"""
