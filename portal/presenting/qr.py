"""A QR code as a picture that a page can hold: an address of data, which the content policy allows for images."""

import segno


def qr_address(text: str) -> str:
    """The code (ISO/IEC 18004) with the quiet zone it needs, as the address of an SVG picture."""
    return segno.make_qr(text, error="m").svg_data_uri(border=4, scale=4)
