import pytest

PATHS = ["/healthz", "/nothing/here/", "/admin/login/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("Content-Security-Policy", "default-src 'self'"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("Content-Security-Policy", "object-src 'none'"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=()"),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_every_answer_tells_the_browser_what_it_may_do(client, path, header, part):
    assert part in client.get(path).headers[header]


@pytest.mark.django_db
def test_a_page_travels_packed_and_is_known_again_by_its_tag(client):
    packed = client.get("/about/", headers={"Accept-Encoding": "gzip"})
    again = client.get("/about/", headers={"If-None-Match": packed.headers["ETag"]})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(client.get("/about/").content) / 2
    assert again.status_code == 304
