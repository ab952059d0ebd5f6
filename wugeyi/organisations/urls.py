from django.urls import include, path

from wugeyi.organisations.views import changes, imports, posts, units

app_name = "organisations"
urlpatterns = [
    path("", units.tree, name="tree"),
    path("search", units.find, name="search"),
    path("unit/<str:code>", units.unit, name="unit"),
    path("unit/<str:code>/area.json", units.area, name="area"),
    path("unit/<str:code>/add", changes.add, name="add"),
    path("unit/<str:code>/rename", changes.rename, name="rename"),
    path("unit/<str:code>/move", changes.move, name="move"),
    path("unit/<str:code>/merge", changes.merge, name="merge"),
    path("unit/<str:code>/abolish", changes.abolish, name="abolish"),
    path("unit/<str:code>/posts", posts.posts, name="posts"),
    path("unit/<str:code>/posts/appoint", posts.appoint, name="appoint"),
    path("posts/<int:pk>/end", posts.end_post, name="end-post"),
    path("imports", imports.imports, name="imports"),
    path("imports/register", imports.import_register, name="import-register"),
    path("imports/areas", imports.import_areas, name="import-areas"),
    path("imports/<int:pk>", imports.batch, name="batch"),
    path("imports/<int:pk>/accept", imports.accept, name="accept"),
    path("imports/<int:pk>/discard", imports.throw_away, name="discard"),
    path("", include("wugeyi.organisations.staff_urls")),
]
