"""Every figure of a municipality's page, in its order."""

from matching.figures import Figures
from portal.language import Language
from portal.presenting.figure_choices import choice_panel, refusal_panel
from portal.presenting.figure_panels import Panel
from portal.presenting.figure_parts import part_panels
from portal.presenting.figure_times import time_panels
from portal.presenting.figure_waiting import waiting_panel
from providers.reference import Catalogue


def panels_over_time(figures: Figures, spoken: Language) -> list[Panel]:
    """Those that go from period to period."""
    return [*time_panels(figures, spoken), choice_panel(figures, spoken), refusal_panel(figures, spoken)]


def panels_of_year(figures: Figures, catalogue: Catalogue, spoken: Language) -> list[Panel]:
    """Those of the newest twelve months together."""
    return [waiting_panel(figures, catalogue, spoken), *part_panels(figures, spoken)]
