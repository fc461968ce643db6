"""The API for programs: the same choices as the pages, in JSON."""
