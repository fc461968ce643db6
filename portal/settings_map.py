"""The settings of the map beside a list: without them it shows the coast alone, and asks nobody for anything."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings


class MapSettings(BaseSettings):
    """Part of `portal.settings.Settings`."""

    map_tiles: str = Field(
        default="", description="Map tiles, as `https://tiles.example/{z}/{x}/{y}.png`. Empty = the coast alone."
    )
    map_credit: str = Field(default="", description="Whom the tiles are by, as it is said below the map.")

    @field_validator("map_tiles")
    @classmethod
    def _is_pattern(cls, value: str) -> str:
        if value and not (value.startswith("https://") and all(part in value for part in ("{z}", "{x}", "{y}"))):
            raise ValueError("GENVEJ_MAP_TILES is an https address with {z}, {x} and {y} in it.")
        return value

    @property
    def map_shown(self) -> dict[str, str]:
        """What a page with a map must know."""
        return {"tiles": self.map_tiles, "credit": self.map_credit}

    @property
    def images_from(self) -> tuple[str, ...]:
        """The origin that pictures are fetched from beside our own."""
        parts = urlsplit(self.map_tiles)
        return (f"{parts.scheme}://{parts.netloc}",) if self.map_tiles else ()
