from django.db import migrations

from tanzhi.streams.market import guards


class Migration(migrations.Migration):

    dependencies = [("registry", "0001_initial")]

    operations = [migrations.RunPython(guards.forwards, migrations.RunPython.noop)]
