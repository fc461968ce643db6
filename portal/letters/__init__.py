"""Letters on paper: what they say, one module each without any I/O, and how they become a PDF that all can read.

A room that sends letters makes a `Letter` from plain facts, renders it with `pdf.render_pdf`, and queues the bytes with
`matching.messages.letters.queue_letter`.
"""
