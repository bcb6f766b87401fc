"""The title of a file in Chinese and in English; the platform's own titles held both in one."""

from typing import Any

from django.db import migrations, models

OWN = {
    "整改证明 / proof": "Proof of rectification",
    "疑点说明 / explanation": "Explanation of the hit",
    "名录异议与申请 / list": "Objection or application",
    "项目设计文件 / design document": "Design document",
    "承诺书 / letter of commitment": "Letter of commitment",
    "审定报告 / validation report": "Validation report",
    "减排量核算报告 / accounting report": "Accounting report",
    "核查报告 / verification report": "Verification report",
    "授权书和身份证明 / authority and identity": "Authority and identity",
}


def split(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("cases", "Attachment").objects
    for title, english in OWN.items():
        rows.filter(title=title).update(title=title.split(" / ")[0], title_en=english)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_letters_withdrawn")]

    operations = [
        migrations.AddField("attachment", "title_en", models.CharField(default="", max_length=300)),
        migrations.AlterField("attachment", "title", models.CharField(max_length=300)),
        migrations.RunPython(split, migrations.RunPython.noop),
    ]
