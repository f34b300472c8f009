from __future__ import annotations

from apps.live.pace import Pace


def test_a_burst_is_allowed_then_a_steady_rate():
    at = [0.0]
    pace = Pace(rate=5, burst=20, clock=lambda: at[0])
    assert [pace.allows() for _ in range(21)] == [True] * 20 + [False]
    at[0] = 1.0
    assert [pace.allows() for _ in range(6)] == [True] * 5 + [False]
