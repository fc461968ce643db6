"""The 98 municipalities as the portal knows them: where each is told, and the keys of those that answer later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from matching.models import ChannelKind
from matching.reports.channels import set_channel
from matching.reports.credentials import Credentials
from matching.reports.signing import new_secret
from portal.bench.storm.conduct import Conduct, conducts, kind_of
from portal.bench.storm.processes import Ports
from providers.actors import SYSTEM, Actor
from providers.api_keys import make_key
from providers.database import execute, fetch
from providers.models import ApiScope
from providers.scope import Scope
from providers.vault import Vault

_CODES = "SELECT code FROM municipality WHERE is_municipality ORDER BY code"
# Invented: nobody has numbers that begin so.
_NUMBERS = "UPDATE municipality SET sor = '99990000000' || code, gln = '5790000000005' WHERE is_municipality"


@dataclass(frozen=True, slots=True)
class Town:
    """By municipality; `secrets` of the webhooks, `keys` of the others' programs."""

    conducts: Mapping[str, Conduct]
    secrets: Mapping[str, str]
    keys: Mapping[str, str]

    @property
    def codes(self) -> Sequence[str]:
        return list(self.conducts)

    def given(self, ledger: str, portal: str) -> dict[str, object]:
        """What the receivers' process is told."""
        return {
            "conducts": {code: conduct.value for code, conduct in self.conducts.items()},
            "secrets": dict(self.secrets),
            "keys": dict(self.keys),
            "ledger": ledger,
            "portal": portal,
        }


async def settle(ports: Ports, vault: Vault) -> Town:
    """Give every municipality its channel."""
    await execute(_NUMBERS)
    chosen = conducts([record["code"] for record in await fetch(_CODES)])
    secrets, keys, now = dict[str, str](), dict[str, str](), datetime.now(UTC)
    for code, conduct in chosen.items():
        kind = kind_of(conduct)
        if kind is ChannelKind.WEBHOOK:
            secrets[code] = new_secret()
        by = Actor("bench", "manager", f"municipality:{code}", Scope(municipality=code))
        address = ports.address(code, down=conduct is Conduct.DOWN)
        await set_channel(kind, address, Credentials(secret=secrets.get(code)), actor=by, now=now, vault=vault)
        if conduct is Conduct.TWICE:
            scopes = {ApiScope.REPORTS}
            _, keys[code] = await make_key("bench", scopes, municipality=code, actor=SYSTEM, now=now, vault=vault)
    return Town(chosen, secrets, keys)
