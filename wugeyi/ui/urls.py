from django.urls import path

from wugeyi.ui import views

urlpatterns = [
    path("settings/appearance", views.appearance, name="appearance"),
    path("health", views.health, name="health"),
    path("design", views.design, name="design"),
]
