import tanzhi.actions.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0005_runs_and_surrenders_as_cases'),
    ]

    operations = [
        migrations.AddField(
            model_name='cycle',
            name='closed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='cycle',
            name='opened_at',
            field=models.DateTimeField(default=tanzhi.actions.clock.now),
        ),
        migrations.AddField(
            model_name='cycle',
            name='state',
            field=models.CharField(db_index=True, default='open', max_length=40),
            preserve_default=False,
        ),
    ]
