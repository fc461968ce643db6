"""Signing in elsewhere: OpenID Connect issuers say who somebody is, and this portal decides what that is good for.

The way of a sign-in: `coming` sends the person out with a `handshake` and takes them back; `issuer` turns the code
that they bring into claims, `claims` says what those mean; `staff` and `citizens` let them in.
"""
