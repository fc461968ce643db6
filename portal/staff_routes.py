"""The rows of a staff room's table of routes: pages, and the forms that are sent from them."""

from portal.access import LARGEST_BODY, Audience, Endpoint, GuardedRoute, page
from portal.returning import instead
from providers.roles import Permission


def staff_page(path: str, endpoint: Endpoint, name: str, permission: Permission) -> GuardedRoute:
    """A page for those of the staff with the permission."""
    return page(path, endpoint, audience=Audience.STAFF, name=name, permission=permission)


def staff_form(
    path: str,
    endpoint: Endpoint,
    name: str,
    permission: Permission | None,
    *,
    back: str | None = None,
    changes_nothing: bool = False,
    largest_body: int = LARGEST_BODY,
) -> list[GuardedRoute]:
    """Where a form is sent. `back`: where its address leads when it is asked for as a page, if there is none at it.

    Without a permission whoever holds a post may send it. The others are `GuardedRoute`'s.
    """
    form = page(
        path,
        endpoint,
        audience=Audience.STAFF,
        name=name,
        methods=["POST"],
        changes_nothing=changes_nothing,
        permission=permission,
        largest_body=largest_body,
    )
    if back is None:
        return [form]
    return [form, page(path, instead(back), audience=Audience.PUBLIC, name=f"no_{name}")]
