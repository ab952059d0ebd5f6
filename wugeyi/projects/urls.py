"""Addresses of this app."""

from django.urls import path

from wugeyi.projects.views import additions, imports, kinds, lists, projects

app_name = "projects"
urlpatterns = [
    path("", lists.projects, name="list"),
    path("new", projects.new, name="new"),
    path("public", lists.published, name="public-list"),
    path("public/<int:pk>", lists.public, name="public"),
    path("kinds", kinds.kinds, name="kinds"),
    path("kinds/<int:pk>", kinds.switch, name="switch-kind"),
    path("import/batches/<int:pk>", imports.batch, name="batch"),
    path("import/<slug:sort>", imports.upload, name="import"),
    path("import/<slug:sort>/blank", imports.template, name="blank"),
    path("photos/<int:pk>", additions.photo, name="photo"),
    path("photos/<int:pk>/small", additions.photo, {"thumb": True}, name="thumb"),
    path("<int:pk>", projects.project, name="project"),
    path("<int:pk>/print", projects.printed, name="print"),
    path("<int:pk>/edit", projects.edit, name="edit"),
    path("<int:pk>/state", projects.state, name="state"),
    path("<int:pk>/withdraw", projects.withdraw, name="withdraw"),
    path("<int:pk>/publish", projects.publish, name="publish"),
    path("<int:pk>/unpublish", projects.unpublish, name="unpublish"),
    path("<int:pk>/case", additions.add_case, name="add-case"),
    path("<int:pk>/add/<slug:slug>", additions.add, name="add"),
    path("<int:pk>/add/<slug:slug>/<int:item>", additions.add, name="change"),
    path(
        "<int:pk>/withdraw/<slug:what>/<int:item>",
        additions.withdraw,
        name="withdraw-row",
    ),
]
