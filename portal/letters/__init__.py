"""Letters on paper: what they say, one module each without any I/O, and how they become a PDF that all can read.

A room that sends letters makes a `Letter` from plain facts, and queues its `pdf.page_of` with
`matching.messages.letters.queue_letter`; the PDF is made when the letter goes.
"""
