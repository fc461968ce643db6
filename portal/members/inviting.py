"""Offering a post. The link goes by mail where there is one, and is shown to whoever invites, this once."""

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.audit import audit
from matching.messages.invitations import INVITED, invite_by_mail
from matching.models import Channel
from portal.admission import member_of
from portal.language import language_of
from portal.members.frame import link_page, show
from portal.members.offering import Offered, PostMissing, post_offered
from portal.presenting.forms import first_error, problem_values
from portal.presenting.members import municipality_options, role_options
from portal.reading import INTEGER, field, text_of, whole_number
from portal.request_facts import now_of, settings_of
from portal.settings_messages import channels_of
from portal.statuses import status_after
from portal.telling import tell
from providers.accounts import IssuedInvitation, Post, invite, withdraw_invitation
from providers.accounts.errors import EmailInvalid, NotPermitted, OrganisationUnknown
from providers.errors import GenvejError
from providers.models import Municipality
from providers.words import N_


async def ask(request: Request) -> Response:
    """The form."""
    return await _form(request, Offered())


async def send(request: Request) -> Response:
    """Make the invitation and show its link."""
    form, actor = await request.form(), member_of(request).actor
    offered = Offered(*(text_of(form, name)[:254] for name in ("email", "rolle", "kommune", "cvr")))
    try:
        post = await post_offered(offered, actor)
        issued = await _offer(request, offered.email, post)
    except EmailInvalid as error:
        return await _form(request, offered, {"email": error})
    except (PostMissing, NotPermitted) as error:
        return await _form(request, offered, {"rolle": error})
    except OrganisationUnknown as error:
        return await _form(request, offered, {"cvr" if offered.cvr else "kommune": error})
    criterion = f"invitation:{issued.invitation_id}"
    await audit("invitation_made", actor=actor, now=now_of(request), purpose="sign_in", criterion=criterion)
    return await link_page(
        request,
        N_("Invitationen er lavet"),
        offered.email,
        f"/invitation/{issued.token}",
        issued.expires_at,
        back="/medarbejdere",
        mailed=Channel.EMAIL in channels_of(settings_of(request)),
    )


async def _offer(request: Request, email: str, post: Post) -> IssuedInvitation:
    """By mail as well, where there is a way to send one."""
    settings = settings_of(request)
    by_mail = Channel.EMAIL in channels_of(settings)
    offer = partial(invite_by_mail, template=INVITED) if by_mail else invite
    return await offer(
        email,
        post,
        actor=member_of(request).actor,
        now=now_of(request),
        vault=settings.vault(),
        policy=settings.accounts,
    )


async def withdraw(request: Request) -> Response:
    """Take an offer back; raises InvitationInvalid."""
    number = whole_number(await field(request, "invitation"), INTEGER) or 0
    actor, now = member_of(request).actor, now_of(request)
    await withdraw_invitation(number, actor=actor, now=now)
    await audit("invitation_withdrawn", actor=actor, now=now, purpose="sign_in", criterion=f"invitation:{number}")
    tell(request, N_("Invitationen er trukket tilbage."))
    return RedirectResponse("/medarbejdere", 303)


async def _form(request: Request, offered: Offered, errors: dict[str, GenvejError] | None = None) -> Response:
    spoken, terms = language_of(request), member_of(request).post.terms
    everywhere = member_of(request).organisation is None
    places = await Municipality.all().order_by("name") if everywhere else []
    values = {
        "title": spoken.say("Inviter en medarbejder"),
        **problem_values(errors, spoken),
        "offered": offered,
        "roles": role_options(terms.appoints, offered.role, spoken),
        "everywhere": everywhere,
        "municipalities": municipality_options(places, offered.municipality, spoken),
    }
    return await show(request, "members/invite.html", values, status=status_after(first_error(errors)))
