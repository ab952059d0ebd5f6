"""Every write about people who sign in."""

from wugeyi.accounts.actions.codes import (
    confirm_codes,
    disable_codes,
    disable_own_codes,
    enrol_codes,
    renew_backup_codes,
)
from wugeyi.accounts.actions.passwords import (
    request_reset,
    reset_link,
    set_password,
    use_reset_link,
)
from wugeyi.accounts.actions.proof import prove_password
from wugeyi.accounts.actions.sign_in import Passed, sign_out, try_code, try_password
from wugeyi.accounts.actions.upkeep import purge
from wugeyi.accounts.actions.users import (
    change_user,
    create_user,
    deactivate,
    end_sessions,
    reactivate,
    unlock,
)

__all__ = [
    "Passed",
    "change_user",
    "confirm_codes",
    "create_user",
    "deactivate",
    "disable_codes",
    "disable_own_codes",
    "end_sessions",
    "enrol_codes",
    "prove_password",
    "purge",
    "reactivate",
    "renew_backup_codes",
    "request_reset",
    "reset_link",
    "set_password",
    "sign_out",
    "try_code",
    "try_password",
    "unlock",
    "use_reset_link",
]
