from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "wugeyi.books"
    verbose_name = "村账"
    default_auto_field = "django.db.models.BigAutoField"
