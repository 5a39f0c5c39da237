"""`NO_PROXY` in every form that occurs, and in forms that do not."""

from ipaddress import IPv4Network, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.no_proxy import NoProxy

GATEWAY = "www.anyfast.com.cn"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("*", GATEWAY),
        ("localhost, * ", GATEWAY),
        ("localhost *", GATEWAY),
        ("anyfast.com.cn", GATEWAY),
        (".anyfast.com.cn", GATEWAY),
        (".anyfast.com.cn", "anyfast.com.cn"),
        ("*.anyfast.com.cn", GATEWAY),
        ("*.anyfast.com.cn", "anyfast.com.cn"),
        ("..anyfast.com.cn", GATEWAY),
        ("AnyFast.COM.cn", GATEWAY),
        ("anyfast.com.cn.", GATEWAY),
        ("anyfast.com.cn", "WWW.anyfast.com.cn."),
        (" localhost ,  anyfast.com.cn  ", GATEWAY),
        ("localhost anyfast.com.cn", GATEWAY),
        ("localhost;anyfast.com.cn", GATEWAY),
        ("localhost,,anyfast.com.cn,", GATEWAY),
        ("\tanyfast.com.cn\n", GATEWAY),
        ('"anyfast.com.cn"', GATEWAY),
        ("https://anyfast.com.cn", GATEWAY),
        ("https://anyfast.com.cn/", GATEWAY),
        ("http://me:secret@anyfast.com.cn", GATEWAY),
        ("anyfast.com.cn:443", GATEWAY),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("::1/128", "::1"),
        ("[::1]/128", "::1"),
        ("[::1/128]", "::1"),
        ("[::1]:443", "::1"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("::1", "[::1]"),
        ("fe80::/10", "fe80::1"),
        ("fe80::/10", "febf:ffff::1"),
        ("fe80::/10", "fe80::1%eth0"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]", "fe80::1"),
        ("FE80::/10", "fe80::1"),
        ("127.0.0.0/8", "127.9.9.9"),
        ("127.0.0.1/8", "127.9.9.9"),
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "::ffff:127.0.0.1"),
        ("192.168.", "192.168.7.7"),
        ("192.168.*", "192.168.7.7"),
        ("10.*.*.*", "10.7.7.7"),
        ("10.0.0.0/255.0.0.0", "10.7.7.7"),
        ("0.0.0.0/0", "10.7.7.7"),
        ("::/0", "fd00::1"),
        ("<local>", "gateway"),
        ("bücher.example", "www.xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_a_host_that_is_meant_is_asked_directly(text: str, host: str) -> None:
    assert NoProxy.parse(text).covers(host, 443)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("", GATEWAY),
        (" , ;", GATEWAY),
        ("anyfast.com", GATEWAY),
        ("fast.com.cn", GATEWAY),
        ("www.anyfast.com.cn", "anyfast.com.cn"),
        ("www.anyfast.com.cn", "www.anyfast.com.cn.evil.example"),
        ("anyfast.com.cn:8443", GATEWAY),
        ("[::1]:8443", "::1"),
        ("::1", "::2"),
        ("fe80::/10", "fec0::1"),
        ("fe80::/10", GATEWAY),
        ("127.0.0.0/8", "128.0.0.1"),
        ("127.0.0.0/8", "127.example"),
        ("192.168.", "192.169.0.1"),
        ("10.", "110.0.0.1"),
        ("0.0.1", "127.0.0.1"),
        ("<local>", GATEWAY),
        ("<local>", "::1"),
        ("localhost", "127.0.0.1"),
        (".", GATEWAY),
        ("*.", GATEWAY),
    ],
)
def test_no_other_host_is(text: str, host: str) -> None:
    assert not NoProxy.parse(text).covers(host, 443)


def test_a_port_that_goes_without_saying_counts_as_said() -> None:
    assert NoProxy.parse("gw.example:3000").covers("gw.example", 3000)
    assert not NoProxy.parse("gw.example:3000").covers("gw.example", None)
    assert NoProxy.parse("gw.example").covers("gw.example", None)


def test_what_means_nothing_is_noted_and_spoils_nothing() -> None:
    read = NoProxy.parse("[::1, 300.1.1.1/8, a/b/c, ::1/200, gw.example:99999, ok.example, ]")
    assert read.not_understood == (
        "[::1",
        "300.1.1.1/8",
        "a/b/c",
        "::1/200",
        "gw.example:99999",
        "]",
    )
    assert read.covers("ok.example", 80)


@given(st.text(), st.text(), st.none() | st.integers(0, 65_535))
def test_nothing_that_may_stand_there_is_a_crash(text: str, host: str, port: int | None) -> None:
    read = NoProxy.parse(text)
    if read.covers(host, port):
        assert read.everything or read.exempt


_ADDRESSES = st.ip_addresses()
_FORMS = st.sampled_from(["{}", "[{}]", " {} ", "x.example,{}", "{} y.example"])


@given(
    _ADDRESSES, st.data(), st.sampled_from(["{}", "[{}]", " {} ", "x.example,{}", "{} y.example"])
)
def test_every_network_covers_what_is_in_it_and_nothing_else(
    address: object, data: st.DataObject, form: str
) -> None:
    kind = IPv4Network if "." in str(address) else IPv6Network
    bits = data.draw(st.integers(0, kind((0, 0)).max_prefixlen), label="bits")
    network = kind(f"{address}/{bits}", strict=False)
    other = data.draw(_ADDRESSES.filter(lambda a: a.version == network.version), label="other")
    read = NoProxy.parse(form.format(f"{address}/{bits}"))
    assert read.not_understood == ()
    assert read.covers(str(address), None)
    assert read.covers(str(network.network_address), 443)
    mapped = getattr(other, "ipv4_mapped", None)
    assert read.covers(str(other), 80) == (other in network) or mapped is not None


_LABELS = st.from_regex(r"[a-z]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
_NAMES = st.lists(_LABELS, min_size=1, max_size=4).map(".".join)


@given(_NAMES, _NAMES, st.sampled_from(["{}", ".{}", "*.{}", "{}.", "{}:443", "HTTPS://{}/"]))
def test_a_name_covers_itself_and_the_names_below_it(name: str, other: str, form: str) -> None:
    read = NoProxy.parse(form.format(name))
    assert read.covers(name, 443)
    assert read.covers(f"{other}.{name}", 443)
    assert read.covers(other, 443) == f".{other}".endswith(f".{name}")
    assert not read.covers(f"x{name}", 443) or f".x{name}".endswith(f".{name}")
