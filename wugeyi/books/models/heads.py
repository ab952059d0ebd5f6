"""Heads that were published; rows are only ever added."""

from django.db import models

from wugeyi.books.models.books import Book


class Head(models.Model):
    """The root of the tree of a book's first ``size`` vouchers."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="heads")
    size = models.PositiveIntegerField()
    # 64 hexadecimal digits.
    root = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["book", "size"], name="book_head_once"),
        )

    def __str__(self) -> str:
        return f"{self.book.code} {self.size} {self.root}"
