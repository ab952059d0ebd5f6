"""Addresses of the paragraphs, below those of the reports."""

from django.urls import path

from wugeyi.reports.paragraphs import views

urlpatterns = [
    path("<str:code>/", views.paragraph, name="paragraph"),
    path("<str:code>/paragraph.docx", views.paragraph_docx, name="paragraph-docx"),
    path("<str:code>/paragraph.xlsx", views.paragraph_xlsx, name="paragraph-xlsx"),
]
