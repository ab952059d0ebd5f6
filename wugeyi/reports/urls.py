"""Addresses of this app."""

from django.urls import include, path

from wugeyi.reports.views import cells, files, fillings, register, words

app_name = "reports"
urlpatterns = [
    path("paragraph/", include("wugeyi.reports.paragraphs.urls")),
    path("", register.listed, name="list"),
    path("new/", register.new, name="new"),
    path("words/", words.listed, name="words"),
    path("words/<int:pk>/forget/", words.forget, name="forget"),
    path("<int:pk>/", register.shown, name="form"),
    path("<int:pk>/change/", register.change, name="change"),
    path("<int:pk>/stop/", register.stop, name="stop"),
    path("<int:pk>/layout/", files.upload, name="upload"),
    path("<int:pk>/original/", files.original, name="original"),
    path("<int:pk>/fill/", fillings.begin, name="begin"),
    path("filled/<int:pk>/", fillings.shown, name="filling"),
    path("filled/<int:pk>/again/", fillings.again, name="again"),
    path("filled/<int:pk>/answers/", cells.answers, name="answers"),
    path("filled/<int:pk>/freeze/", fillings.freeze, name="freeze"),
    path("filled/<int:pk>/discard/", fillings.discard, name="discard"),
    path("filled/<int:pk>/xlsx/", files.as_xlsx, name="xlsx"),
    path("filled/<int:pk>/pdf/", files.as_pdf, name="pdf"),
    path("cells/<int:pk>/", cells.settle, name="cell"),
]
