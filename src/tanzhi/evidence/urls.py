from django.urls import path

from . import pages

app_name = "evidence"
urlpatterns = [
    path("", pages.log, name="log"),
    path("verify/", pages.verify_page, name="verify"),
    path("public-key.txt", pages.public_key, name="key"),
    path("verify_receipt.py", pages.verifier, name="verifier"),
    path("consistency.json", pages.consistency_json, name="consistency"),
    path("receipts/<str:number>/", pages.receipt_page, name="receipt"),
    path("receipts/<str:number>.json", pages.receipt_json, name="receipt_json"),
]
