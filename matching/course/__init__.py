"""What happens where the citizen is treated, from the new booking to the end of the course."""

from matching.course.agreeing import agree
from matching.course.answering import acknowledge, cannot_receive, give_back
from matching.course.closing import complete, stop
from matching.course.moving import move_here
from matching.course.refusing import refuse
from matching.course.treating import no_show, question_level, record_contact, start

__all__ = [
    "acknowledge",
    "agree",
    "cannot_receive",
    "complete",
    "give_back",
    "move_here",
    "no_show",
    "question_level",
    "record_contact",
    "refuse",
    "start",
    "stop",
]
