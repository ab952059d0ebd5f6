"""What people type about accounts, read and explained."""

from wugeyi.accounts.forms.people import ContactForm, PersonForm
from wugeyi.accounts.forms.secrets import (
    ChangePasswordForm,
    CodeForm,
    NewPasswordForm,
    PasswordAndCodeForm,
    ResetRequestForm,
    SignInForm,
)

__all__ = [
    "ChangePasswordForm",
    "CodeForm",
    "ContactForm",
    "NewPasswordForm",
    "PasswordAndCodeForm",
    "PersonForm",
    "ResetRequestForm",
    "SignInForm",
]
