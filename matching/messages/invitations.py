"""Offering a post by mail: whoever reads the address's mail can take it."""

from datetime import datetime

import orjson

from matching.messages.queue import Draft, queue_message
from matching.models import Channel, Recipient
from providers.accounts import AccountPolicy, IssuedInvitation, Post, invite
from providers.actors import Actor
from providers.database import transaction
from providers.vault import Vault

OWNER_INVITED, INVITED = "owner_invited", "invited"


async def invite_by_mail(
    email: str, post: Post, template: str, *, actor: Actor, now: datetime, vault: Vault, policy: AccountPolicy
) -> IssuedInvitation:
    """Offer the post and queue the mail with its link, both or neither. Raises what `invite` raises.

    The link is sealed in the message until it is sent, and nowhere afterwards.
    """
    async with transaction():
        issued = await invite(email, post, actor=actor, now=now, vault=vault, policy=policy)
        content = {"email": email.strip().lower(), "path": f"/invitation/{issued.token}"}
        draft = Draft(
            f"invitation:{issued.invitation_id}",
            template,
            Channel.EMAIL,
            Recipient.ADDRESS,
            content=vault.seal(orjson.dumps(content)),
            until=issued.expires_at,
        )
        await queue_message(draft, now=now)
    return issued
