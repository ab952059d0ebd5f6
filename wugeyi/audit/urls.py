from django.urls import path

from wugeyi.audit import views

app_name = "audit"
urlpatterns = [
    path("heads", views.heads, name="heads"),
    path("heads.txt", views.heads_text, name="heads-text"),
]
