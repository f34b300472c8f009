"""Names of places on the map lie over nothing."""

from __future__ import annotations

import itertools

import pytest

from apps.games.room import atlas
from apps.games.room.labels import Box, label_for

SIZE = (atlas.WIDTH, atlas.HEIGHT)


def test_a_name_stands_right_of_its_mark_where_nothing_is_in_its_way():
    label = label_for("Kaesong", (400, 300), [], SIZE)
    assert (label.anchor, label.x) == ("start", 414)


def test_a_name_at_the_right_edge_stands_left_of_its_mark():
    assert label_for("Sea of Japan", (940, 300), [], SIZE).anchor == "end"


def test_a_name_gives_way_to_what_is_there():
    government = Box(415, 280, 80, 38)
    label = label_for("Kaesong", (400, 300), [government], SIZE)
    assert label.box.overlap(government) == 0


@pytest.mark.parametrize("number", range(2, len(set(atlas.SITES.values())) + 1))
def test_no_name_of_any_few_places_lies_over_a_government_or_another_name(number):
    """Titles of usual length; where all places have one, they still stand apart."""
    governments = [Box(x - 46, y - 19, 92, 38) for x, y in atlas.STATIONS.values()]
    for chosen in itertools.islice(
        itertools.combinations(sorted(set(atlas.SITES.values())), number), 40
    ):
        taken = list(governments)
        for site in chosen:
            label = label_for("Conduct a nuclear test", atlas.places()[site], taken, SIZE)
            assert sum(label.box.overlap(box) for box in taken) == 0, (chosen, site)
            taken.append(label.box)
