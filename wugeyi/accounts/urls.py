from django.urls import path

from wugeyi.accounts.views import codes, mine, passwords, sign_in

app_name = "accounts"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("elsewhere", mine.end_other_sessions, name="end-other-sessions"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/code", sign_in.sign_in_code, name="sign-in-code"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("password", passwords.change_password, name="change-password"),
    path("reset", passwords.request_reset, name="reset-request"),
    path("reset/sent", passwords.reset_sent, name="reset-sent"),
    path("reset/<str:uid>/<str:token>", passwords.use_reset_link, name="reset-link"),
    path("codes/begin", codes.begin, name="codes-begin"),
    path("codes/confirm", codes.confirm, name="codes-confirm"),
    path("codes/renew", codes.renew, name="codes-renew"),
    path("codes/off", codes.turn_off, name="codes-off"),
]
