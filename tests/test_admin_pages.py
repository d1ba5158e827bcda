"""Every page of the admin, for those who may see it."""

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from announcements.models import Announcement, ImportBatch, Merger, NearMatch, Suggestion
from announcements.roles import ADMINISTRATORS
from tests import make
from tests.editing import FormParser, log_in

ADMINS = [
    site.get_model_admin(model)
    for model in apps.get_app_config("announcements").get_models()
    if site.is_registered(model) and model is not Merger  # Nobody adds one: test_admin_mergers.py.
]
MODELS = [owner.model for owner in ADMINS]
EVERY_MODEL = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)


def every_page(*pages: str):
    """These pages of every model that has them."""
    return pytest.mark.parametrize(
        ("model", "page"),
        [
            pytest.param(model, page, id=f"{page}-{model._meta.model_name}")
            for model in MODELS
            for page in pages
            if page not in ("restore", "deleted") or hasattr(model, "history")
        ],
    )


def address(model, page, *args) -> str:
    return reverse(f"admin:announcements_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def editing(client, db):
    log_in(client, role=ADMINISTRATORS)
    return client


@pytest.fixture
def viewer(db) -> User:
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    return user


@pytest.fixture(params=["superuser", "administrator"])
def insider(request, client, db):
    """A client logged in as each kind of person who may change everything."""
    if request.param == "administrator":
        log_in(client, role=ADMINISTRATORS)
    else:
        client.force_login(User.objects.create_superuser("root"))
    return client


def one_of_everything() -> Announcement:
    announcement = make.published(
        kind="intent", partners=[make.company()], initiatives=[make.initiative()]
    )
    announcement.company.former_names.create(name="Before")
    make.promise(announcement, story=[("2024-05", "announced"), ("2024-08-01", "delivered")])
    make.release(announcement, components=["weights", "inference_code"], license="apache-2.0")
    make.concern(announcement)
    make.benefit(announcement, source=make.source())
    NearMatch.objects.keep(announcement, make.draft(), "different", None)
    make.suggestion(announcement)
    ImportBatch.objects.create(file_name="table.csv")
    return announcement


@pytest.fixture(scope="module")
def _one_of_everything(once_for_the_module) -> Announcement:
    return one_of_everything()


@pytest.fixture
def world(_one_of_everything, db) -> Announcement:
    return Announcement.objects.get(pk=_one_of_everything.pk)


@every_page("changelist", "add", "change", "delete", "history", "deleted")
def test_every_page_of_every_model_answers(insider, world, model, page):
    arguments = (
        [model._default_manager.first().pk] if page in ("change", "delete", "history") else []
    )
    response = insider.get(address(model, page, *arguments))
    is_for_readers = (model, page) == (Suggestion, "add")
    assert response.status_code == (403 if is_for_readers else 200)


@EVERY_MODEL
def test_every_model_can_be_searched(editing, world, model):
    for term in ("a", "https://Example.org/1/?utm_source=x", "\x00", '"', "%", "'", "x" * 5000):
        response = editing.get(address(model, "changelist"), {"q": term}, follow=True)
        assert response.status_code == 200


def test_every_list_asks_as_often_for_many_as_for_few(editing, world):
    def asked() -> dict[str, int]:
        return {model.__name__: queries(editing, address(model, "changelist")) for model in MODELS}

    one_of_everything()
    few = asked()
    for _ in range(5):
        one_of_everything()

    assert asked() == few


def queries(client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


FIELDS = [
    (model._meta.model_name, name)
    for owner in ADMINS
    for options in (owner, *owner.inlines)
    for model in [options.model]
    for name in options.autocomplete_fields
]


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_every_autocomplete_answers(editing, world, model, field):
    asked = {"app_label": "announcements", "model_name": model, "field_name": field}
    for term in ("", "a", "\x00", "https://example.org/1#x"):
        response = editing.get(reverse("admin:autocomplete"), {**asked, "term": term})
        assert response.status_code == 200
        assert "results" in response.json()


@EVERY_MODEL
@pytest.mark.parametrize("page", ["changelist", "change"])
def test_who_may_only_look_can_look(client, viewer, world, model, page):
    client.force_login(viewer)
    arguments = [model._default_manager.first().pk] if page == "change" else []
    assert client.get(address(model, page, *arguments)).status_code == 200


@EVERY_MODEL
def test_who_may_only_look_cannot_change(client, viewer, world, model):
    client.force_login(viewer)
    row = model._default_manager.first()
    assert client.post(address(model, "change", row.pk), {}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403
    assert client.get(address(model, "delete", row.pk)).status_code == 403


@every_page("changelist", "add", "change", "delete", "history", "restore", "deleted")
def test_strangers_are_sent_to_the_login(client, world, model, page):
    of_one = ("change", "delete", "history", "restore")
    arguments = [model._default_manager.first().pk] if page in of_one else []
    response = client.get(address(model, page, *arguments))
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


@EVERY_MODEL
@pytest.mark.parametrize("page", ["add", "change"])
def test_every_field_has_a_label(editing, world, model, page):
    arguments = [model._default_manager.first().pk] if page == "change" else []
    form = FormParser(editing.get(address(model, page, *arguments)).content.decode())
    checkboxes = {name for name in form.ids if form.ids[name] in ("parts", "restrictions")}
    without = {name for name in form.ids if name not in form.labelled} - checkboxes
    assert without == set()


@every_page("changelist", "add", "change", "delete", "history", "deleted")
def test_no_page_needs_an_inline_style_or_script(editing, world, model, page):
    of_one = ("change", "delete", "history")
    arguments = [model._default_manager.first().pk] if page in of_one else []
    html = editing.get(address(model, page, *arguments)).content.decode()
    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    scripts = [part.split(">")[0] for part in html.split("<script")[1:]]
    assert all("src=" in script or "application/json" in script for script in scripts)


@EVERY_MODEL
def test_a_row_that_is_not_there_is_not_an_error(editing, world, model):
    for key in ("0", "-1", "nine", "9" * 40, "_5F"):
        response = editing.get(f"{address(model, 'changelist')}{key}/change/")
        assert response.status_code in (302, 404)
    assert editing.get(f"{address(model, 'changelist')}1%00/change/").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "first_day__year=abc",
        "first_day__year=99999",
        "first_day__year=2024&first_day__month=13",
        "promise=nonsense",
        "concern=nonsense",
        "state__exact=x",
        "company__id__exact=x",
        "o=99",
        "p=-1",
        "p=x",
        "nonsense=1",
        "promise=%00",
        "state__exact=%00",
        "concern=%00",
    ],
)
def test_nonsense_in_the_address_of_the_list_is_no_error(editing, world, query):
    response = editing.get(f"{address(Announcement, 'changelist')}?{query}", follow=True)
    assert response.status_code == 200


def test_the_front_page_leads_to_the_site(editing):
    html = editing.get("/admin/").content.decode()
    assert "Open-Source AI Tracker" in html
    assert 'href="/"' in html
    assert "announcements/admin.css" in html
