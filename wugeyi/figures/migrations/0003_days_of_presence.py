from django.db import migrations, models

import wugeyi.organisations.fields


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0002_fact_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='presence',
            name='days',
            field=models.IntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('measure_id', models.IntegerField()),
                ('what', models.CharField(max_length=1)),
                ('path', wugeyi.organisations.fields.PathField(max_length=120)),
                ('known', models.CharField(max_length=1)),
                ('near', models.DateField()),
                ('far', models.DateField()),
                ('day', models.DateField()),
                ('other', models.DateField()),
                ('subjects', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure_id', 'what', 'path', 'known', 'near', 'far', 'day', 'other'), name='gap_once')],
            },
        ),
    ]
