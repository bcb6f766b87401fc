from django.db import migrations

from tanzhi.streams.market.ledger.guards import triggers


class Migration(migrations.Migration):

    dependencies = [("registry", "0001_initial")]

    operations = [migrations.RunPython(triggers.forwards, migrations.RunPython.noop)]
