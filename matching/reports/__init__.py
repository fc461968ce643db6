"""Reports to the home municipality: what it is told, the outbox, and the delivery."""
