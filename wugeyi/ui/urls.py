from django.urls import path

from wugeyi.ui import views

urlpatterns = [
    path("settings/appearance", views.appearance, name="appearance"),
    path("favicon.ico", views.icon, name="icon"),
    path("health", views.health, name="health"),
    path("design", views.design, name="design"),
]
