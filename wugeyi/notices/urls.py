from django.urls import path

from wugeyi.notices.views import following, mine, sendings

app_name = "notices"
urlpatterns = [
    path("mine", mine.mine, name="mine"),
    path("mine/add", mine.add, name="add"),
    path("mine/browser", mine.add_browser, name="browser"),
    path("mine/<int:pk>/prove", mine.prove, name="prove"),
    path("mine/<int:pk>/drop", mine.drop, name="drop"),
    path("mine/<int:pk>/take-up", mine.take_up, name="take-up"),
    path("follow/<str:topic>/<int:key>", following.follow, name="follow"),
    path(
        "follow/<str:topic>/<int:key>/here", following.follow_here, name="follow-here"
    ),
    path("confirm/<str:token>", following.confirm, name="confirm"),
    path("settings/<str:secret>", following.settings, name="settings"),
    path("open/<str:secret>", following.open_followed, name="open"),
    path("stop/<str:secret>/<int:pk>", following.stop, name="stop"),
    path("sendings", sendings.sendings, name="sendings"),
    path("sendings/trial", sendings.trial, name="trial"),
    path("sendings/<int:pk>/again", sendings.again, name="again"),
]
