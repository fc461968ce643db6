"""Which numbers may be called: the internet's, and no others unless a network is named."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.targets import Targets, is_public

PUBLIC = ["8.8.8.8", "93.184.216.34", "2a00:1450:400f:80d::200e", "64:ff9b::808:808", "::ffff:8.8.8.8"]
"""The last two are 8.8.8.8 through a translator, and written as an IPv6 address."""

OWN = {
    "loopback": ["127.0.0.1", "127.255.255.254", "::1"],
    "private": ["10.1.2.3", "172.16.0.1", "192.168.1.1", "fd12:3456::1", "fec0::1"],
    "shared with the provider": ["100.64.0.1"],
    "reserved or set aside": ["240.0.0.1", "192.0.2.1", "198.18.0.1", "2001:db8::1", "192.0.0.8"],
    "written as IPv6": ["::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1"],
    "tunnelled": ["2002:7f00:1::1", "2002:808:808::1", "2001::1", "::127.0.0.1", "::8.8.8.8", "192.88.99.1"],
}
NEVER = {
    "this network": ["0.0.0.0", "0.1.2.3", "::"],  # noqa: S104 - an address to refuse
    "link-local": ["169.254.1.1", "fe80::1", "fe80::1%eth0", "::ffff:169.254.1.1"],
    "metadata": ["169.254.169.254", "168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254"],
    "many at once": ["224.0.0.1", "239.255.255.250", "ff02::1", "255.255.255.255"],
}
EVERYTHING = Targets(networks=(ip_network("0.0.0.0/0"), ip_network("::/0")))


def listed(kinds: dict[str, list[str]]) -> list[str]:
    return [address for addresses in kinds.values() for address in addresses]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_may_be_called(address: str) -> None:
    assert Targets().allow(ip_address(address), 443)


@pytest.mark.parametrize("address", listed(OWN) + listed(NEVER))
def test_nothing_else_may(address: str) -> None:
    assert not Targets().allow(ip_address(address), 443)
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", listed(NEVER))
def test_no_setting_opens_what_no_host_of_ours_can_be(address: str) -> None:
    assert not EVERYTHING.allow(ip_address(address), 443)


@pytest.mark.parametrize(("address", "allowed"), [("10.1.2.3", True), ("::ffff:10.1.2.3", True), ("10.2.0.1", False)])
def test_a_named_network_may_be_called_as_far_as_it_goes(address: str, allowed: bool) -> None:
    assert Targets(networks=(ip_network("10.1.0.0/16"),)).allow(ip_address(address), 443) is allowed


@pytest.mark.parametrize("port", [22, 25, 80, 5432, 6379, 8443])
def test_a_port_without_https_leads_nowhere_but_to_a_named_address_of_this_machine(port: int) -> None:
    assert not EVERYTHING.allow(ip_address("8.8.8.8"), port)
    assert not EVERYTHING.allow(ip_address("10.1.2.3"), port)
    assert not Targets().allow(ip_address("127.0.0.1"), port)
    assert Targets(networks=(ip_network("127.0.0.0/8"),)).allow(ip_address("127.0.0.1"), port)


def test_another_port_of_https_can_be_named() -> None:
    targets = Targets(ports=frozenset({443, 8443}))
    assert targets.allow(ip_address("8.8.8.8"), 8443)
    assert not targets.allow(ip_address("127.0.0.1"), 8443)


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_the_same_however_it_is_written(address: IPv4Address) -> None:
    mapped = IPv6Address(f"::ffff:{address}")
    translated = IPv6Address(f"64:ff9b::{address}")
    assert is_public(mapped) == is_public(translated) == is_public(address)


@given(st.ip_addresses(network=ip_network("2002::/16")) | st.ip_addresses(network=ip_network("2001::/32")))
def test_a_tunnel_is_never_public_wherever_it_leads(address: IPv6Address) -> None:
    assert not is_public(address)
