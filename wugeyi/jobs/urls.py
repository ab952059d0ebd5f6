from django.urls import path

from wugeyi.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:pk>", views.work, name="work"),
    path("<int:pk>/cancel", views.cancel, name="cancel"),
]
