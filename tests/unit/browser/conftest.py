import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "runner"))
PAGES = Path(__file__).parents[2] / "data" / "pages"


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)
