"""Addresses of the people who come back."""

from django.urls import path

from wugeyi.talents.views import cards, counts, kinds, public

app_name = "talents"
urlpatterns = [
    path("", counts.home, name="home"),
    path("mine/", public.mine, name="mine"),
    path("mine/withdraw/", public.withdraw, name="mine-withdraw"),
    path("public/<str:code>/", public.cards, name="public"),
    path("at/<str:code>/", counts.unit, name="unit"),
    path("at/<str:code>/counts/", counts.add, name="add"),
    path("at/<str:code>/cards/", cards.cards, name="cards"),
    path("at/<str:code>/cards/new/", cards.new, name="new-card"),
    path("counts/<int:pk>/", counts.correct, name="correct"),
    path("counts/<int:pk>/back/", counts.back, name="back"),
    path("cards/<int:pk>/", cards.card, name="card"),
    path("cards/<int:pk>/contact/", cards.contact, name="contact"),
    path("cards/<int:pk>/edit/", cards.edit, name="edit-card"),
    path("cards/<int:pk>/publish/", cards.publish, name="publish"),
    path("cards/<int:pk>/withdraw/", cards.withdraw, name="withdraw"),
    path("cards/<int:pk>/slip/", cards.slip, name="slip"),
    path("kinds/", kinds.kinds, name="kinds"),
    path("kinds/new/", kinds.kind, name="new-kind"),
    path("kinds/defaults/", kinds.defaults, name="defaults"),
    path("kinds/<int:pk>/", kinds.kind, name="kind"),
]
