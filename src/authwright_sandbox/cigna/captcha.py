"""Pictures to choose from, for whoever signs in: is it a person?"""

import random
import secrets
from dataclasses import dataclass, field

KINDS = {
    "a tree": '<path d="M50 12 82 62H62v26H38V62H18z" fill="#3d7a3a"/>',
    "a house": '<path d="M14 50 50 16l36 34v38H14z" fill="#a8653b"/><path d="M42 62h16v26H42z" fill="#fff"/>',
    "a boat": '<path d="M12 62h76L72 86H28z" fill="#2d5b8c"/>'
    '<path d="M48 12v46H18zM54 20v38h24z" fill="#c9d3dd"/>',
    "an umbrella": '<path d="M12 52a38 38 0 0 1 76 0z" fill="#8b2f5c"/>'
    '<path d="M50 52v28a8 8 0 0 0 16 0" fill="none" stroke="#555" stroke-width="5"/>',
}
TILES = 9
_RIGHT = (3, 4)


@dataclass(slots=True)
class Challenge:
    """`tiles` says of each picture what is on it; those of `wanted` have to be chosen."""

    id: str
    wanted: str
    tiles: tuple[str, ...]
    seed: int
    solved: bool = False

    @property
    def right(self) -> list[int]:
        return [at for at, kind in enumerate(self.tiles) if kind == self.wanted]

    def picture(self, at: int) -> str:
        """One tile as SVG, a little different each time. Nothing in it says in words what it shows."""
        dice = random.Random(self.seed * TILES + at)
        turn, x, y, size = (
            dice.randint(-14, 14),
            dice.randint(-6, 6),
            dice.randint(-6, 6),
            dice.uniform(0.7, 1),
        )
        noise = "".join(
            f'<path d="M{dice.randrange(100)} 0 {dice.randrange(100)} 100" stroke="#eee"/>' for _ in range(9)
        )
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="96" height="96">'
            f'<rect width="100" height="100" fill="hsl({dice.randrange(360)} 35% 82%)"/>'
            f'<g transform="translate({50 + x} {50 + y}) rotate({turn}) scale({size:.2f}) '
            'translate(-50 -50)">'
            f"{KINDS[self.tiles[at]]}</g>{noise}</svg>"
        )


@dataclass(slots=True)
class Captcha:
    """Appears once `after` sign-ins were made; None: never."""

    after: int | None = 0
    sign_ins: int = 0
    challenges: dict[str, Challenge] = field(default_factory=dict)
    _dice: random.Random = field(default_factory=lambda: random.Random(41))

    @property
    def due(self) -> bool:
        return self.after is not None and self.sign_ins >= self.after

    def new(self) -> Challenge:
        wanted = self._dice.choice(sorted(KINDS))
        others = sorted(KINDS.keys() - {wanted})
        right = self._dice.choice(_RIGHT)
        tiles = [wanted] * right + [self._dice.choice(others) for _ in range(TILES - right)]
        self._dice.shuffle(tiles)
        challenge = Challenge(secrets.token_hex(8), wanted, tuple(tiles), self._dice.randrange(10**6))
        self.challenges[challenge.id] = challenge
        return challenge

    def answer(self, challenge: Challenge, chosen: list[int]) -> bool:
        """Right or not; a wrong answer uses the pictures up."""
        challenge.solved = sorted(chosen) == challenge.right
        if not challenge.solved:
            del self.challenges[challenge.id]
        return challenge.solved

    def passes(self, challenge_id: str) -> bool:
        """Whether this sign-in may go on; solved pictures are good once."""
        if not self.due:
            return True
        challenge = self.challenges.pop(challenge_id, None)
        return challenge is not None and challenge.solved
