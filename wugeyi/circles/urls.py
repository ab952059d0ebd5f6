"""Addresses of this app."""

from django.urls import path

from wugeyi.circles.views import (
    assessments,
    circles,
    maps,
    poster,
    public,
    scenarios,
    sites,
    trying,
)

app_name = "circles"
urlpatterns = [
    path("", circles.circles, name="list"),
    path("new", circles.new, name="new"),
    path("around", public.neighbourhoods, name="neighbourhoods"),
    path("around/<str:code>", public.neighbourhood, name="neighbourhood"),
    path(
        "around/<str:code>/ground/<str:digest>",
        maps.public_ground,
        name="public-ground",
    ),
    path("assessments/<int:pk>", assessments.assessment, name="assessment"),
    path("scenarios/<int:pk>", scenarios.scenario, name="scenario"),
    path("scenarios/<int:pk>/compute", scenarios.compute, name="compute"),
    path("scenarios/<int:pk>/built", scenarios.built, name="built"),
    path("scenarios/<int:pk>/withdraw", scenarios.withdraw, name="withdraw"),
    path("scenarios/<int:pk>/attach", scenarios.attach, name="attach"),
    path("attachments/<int:pk>/remove", scenarios.detach, name="detach"),
    path("sitings/<int:pk>", sites.siting, name="siting"),
    path("sites/<int:pk>/adopt", sites.adopt, name="adopt"),
    path("<int:pk>", circles.circle, name="circle"),
    path("<int:pk>/homes", circles.homes, name="homes"),
    path("<int:pk>/ground/<str:digest>", maps.ground, name="ground"),
    path("<int:pk>/scene", maps.scene, name="scene"),
    path("<int:pk>/try", trying.trying, name="try"),
    path("<int:pk>/try/save", trying.save, name="save"),
    path("<int:pk>/scenarios", scenarios.scenarios, name="scenarios"),
    path("<int:pk>/compare", scenarios.compare, name="compare"),
    path("<int:pk>/sites", sites.sites, name="sites"),
    path("<int:pk>/poster", poster.poster, name="poster"),
    path("<int:pk>/assess", circles.assess, name="assess"),
    path("<int:pk>/network", circles.use_network, name="use-network"),
    path("<int:pk>/edit", circles.edit, name="edit"),
    path("<int:pk>/publish", circles.publish, name="publish"),
    path("<int:pk>/close", circles.close, name="close"),
]
