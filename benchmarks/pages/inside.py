"""What the benchmark does inside our program: migrate, and build a small city.

Run as ``python -m benchmarks.pages.inside 0 NOW`` with our environment set; the last line
printed is what the measuring process needs to know, as JSON.
"""

import json

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from tests.casework.world import build, report
    from tests.sharing.corner import build as build_sharing

    call_command("migrate", verbosity=0)
    world = build()
    for _ in range(12):
        report(world)
    corner = build_sharing(world)
    places = [world.community.pk, world.neighbour.pk]
    print(json.dumps({"places": places, "thing": corner.room.pk}))


if __name__ == "__main__":
    main()
