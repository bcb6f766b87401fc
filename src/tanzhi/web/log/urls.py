from django.urls import path

from . import pages

app_name = "evidence"
urlpatterns = [
    path("", pages.log, name="log"),
    path("verify/", pages.verify_page, name="verify"),
    path("public-key.txt", pages.public_key, name="key"),
    path("keys.json", pages.keys, name="keys"),
    path("verify_receipt.py", pages.verifier, {"script": "verify_receipt.py"}, name="verifier"),
    path("verify_consistency.py", pages.verifier, {"script": "verify_consistency.py"}, name="consistency_verifier"),
    path("consistency.json", pages.consistency_json, name="consistency"),
    path("receipts/<str:number>/", pages.receipt_page, name="receipt"),
    path("receipts/<str:number>.json", pages.receipt_json, name="receipt_json"),
]
