"""The torch side of the chord-sequence model's recurrent network: its shape, training and export.

The loss is that of the whole mixture of network and song's past, so that the network learns what
the song itself does not tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from tools.harmony._network import DOMAINS, NO_MOTION
from tools.harmony._place import GROUPS, WIDTH
from tools.harmony._recurrence import KINDS, LEVELS
from tools.harmony._vocabulary import SIZE, START, TYPES
from training.harmony.examples import Example

HIDDEN, EMBEDDING, DROPOUT = 64, 48, 0.4
LENGTH, BATCH, EPOCHS = 48, 16, 18
RATE, DECAY = 4e-3, 0.1
ALONE = 0.1  # weight of the network's own loss beside the mixture's
BESIDE_POP = 3.0  # weight of songs that are no pop, which are few and short
UNTOLD, PLAYED = 0.15, 0.25  # shares of songs without a domain, and of standards taken for jazz
STANDARDS, JAZZ = 1, 2  # indices into DOMAINS of the model
_NEVER = -1e9


class Batch(NamedTuple):
    """Tokens before each chord [song, chord], the chords (-1 = none), places, levels, recurred
    shares [song, chord, kind], domains [song]."""

    before: torch.Tensor
    target: torch.Tensor
    places: torch.Tensor
    levels: torch.Tensor
    recurred: torch.Tensor
    domains: torch.Tensor


class SequenceNetwork(torch.nn.Module):
    """Chords in by root, type, token and motion; out in the key's frame and by motion."""

    offsets: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        kinds = len(TYPES)
        self.root = torch.nn.Embedding(13, EMBEDDING)
        self.kind = torch.nn.Embedding(kinds + 1, EMBEDDING)
        self.motion = torch.nn.Embedding(NO_MOTION + 1, EMBEDDING)
        self.token = torch.nn.Embedding(SIZE + 1, EMBEDDING)
        self.domain = torch.nn.Embedding(DOMAINS, EMBEDDING)
        for table, spread in ((self.root, 0.3), (self.kind, 0.3), (self.motion, 0.3),
                              (self.token, 0.0), (self.domain, 0.1)):  # fmt: skip
            torch.nn.init.normal_(table.weight, 0.0, spread)
        self.recurrent = torch.nn.GRU(EMBEDDING, HIDDEN, batch_first=True)
        self.mix = torch.nn.Linear(HIDDEN, HIDDEN)
        self.place = torch.nn.Linear(WIDTH, HIDDEN)
        self.mix_domain = torch.nn.Embedding(DOMAINS, HIDDEN)
        self.in_key = torch.nn.Linear(HIDDEN, SIZE)
        self.by_motion = torch.nn.Linear(HIDDEN, SIZE)
        # Roots and types by themselves: added to the tables of all chords, learned sooner.
        self.in_key_root = torch.nn.Linear(HIDDEN, 12)
        self.in_key_type = torch.nn.Linear(HIDDEN, kinds)
        self.by_motion_root = torch.nn.Linear(HIDDEN, 12)
        self.trust = torch.nn.Linear(HIDDEN, 1 + len(KINDS))
        self.levels = torch.nn.Embedding(sum(LEVELS), 1 + len(KINDS))
        torch.nn.init.zeros_(self.levels.weight)
        self.dropout = torch.nn.Dropout(DROPOUT)
        self.input_dropout = torch.nn.Dropout(DROPOUT / 2)
        starts = np.cumsum([0, *LEVELS[:-1]])
        self.register_buffer("offsets", torch.tensor(starts), persistent=False)

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Log-probabilities of all chords, and of trusting the network and each recurrence."""
        before, kinds = batch.before, len(TYPES)
        start = before == START
        roots = torch.where(start, 12, before // kinds)
        earlier = functional.pad(roots[:, :-1], (1, 0), value=12)
        unknown = (roots == 12) | (earlier == 12)
        motions = torch.where(unknown, NO_MOTION, (roots - earlier) % 12)
        entering = self.root(roots) + self.kind(torch.where(start, kinds, before % kinds))
        entering = entering + self.motion(motions) + self.token(before)
        entering = self.input_dropout(entering + self.domain(batch.domains)[:, None])
        states, _ = self.recurrent(entering)
        domain = self.mix_domain(batch.domains)[:, None]
        summary = torch.tanh(self.mix(self.dropout(states)) + self.place(batch.places) + domain)
        summary = self.dropout(summary)
        logits = self._logits(summary, torch.where(start, 0, roots))
        stays = functional.one_hot(before, SIZE + 1)[..., :SIZE].bool()
        trust = self.trust(summary) + self.levels(batch.levels + self.offsets).sum(-2)
        nothing = functional.pad(batch.levels == 0, (1, 0), value=False)
        return (
            functional.log_softmax(logits.masked_fill(stays, _NEVER), -1),
            functional.log_softmax(trust.masked_fill(nothing, _NEVER), -1),
        )

    def _logits(self, summary: torch.Tensor, roots: torch.Tensor) -> torch.Tensor:
        own, kinds = self.in_key_root(summary), len(TYPES)
        pairs = own[..., :, None] + self.in_key_type(summary)[..., None, :]
        moved = self.by_motion(summary) + self.by_motion_root(summary).repeat_interleave(kinds, -1)
        steps = (torch.arange(12) - roots[..., None]) % 12
        where = (steps[..., :, None] * kinds + torch.arange(kinds)).flatten(-2)
        result: torch.Tensor = self.in_key(summary) + pairs.flatten(-2) + moved.gather(-1, where)
        return result

    def losses(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Mean surprise in nats of the mixture, and of the network by itself."""
        chords, trust = self(batch)
        known = batch.target >= 0
        own = chords.gather(-1, batch.target.clamp(min=0)[..., None])
        parts = torch.cat([own, (batch.recurred + 1e-9).log()], -1) + trust
        return -torch.logsumexp(parts, -1)[known].mean(), -own[..., 0][known].mean()


def train(songs: Sequence[Example], seed: int, epochs: float = EPOCHS) -> SequenceNetwork:
    """Fit one network on one thread."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    network = SequenceNetwork()
    steps = int(epochs * sum(len(s.tokens) * s.weight for s in songs) / LENGTH / BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=steps, pct_start=0.15
    )
    chances = np.array([_share(song) for song in songs])
    chances /= chances.sum()
    for _ in range(steps):
        drawn = [songs[at] for at in rng.choice(len(songs), BATCH, p=chances)]
        mixture, alone = network.losses(_batch(drawn, rng))
        optimiser.zero_grad()
        (mixture + ALONE * alone).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    return network.eval()


def _share(song: Example) -> float:
    length = max(1.0, len(song.tokens) / LENGTH)
    return float(song.weight * length**0.75 * (BESIDE_POP if song.domain else 1.0))


def _batch(songs: Sequence[Example], rng: np.random.Generator) -> Batch:
    """Excerpts: often the opening, else from anywhere; some without place, some without style."""
    longest = max(min(len(song.tokens), LENGTH) for song in songs)
    shape = (len(songs), longest)
    before, target = np.full(shape, START), np.full(shape, -1)
    places = np.zeros((*shape, WIDTH), np.float32)
    levels = np.zeros((*shape, len(KINDS)), np.int64)
    recurred = np.zeros((*shape, len(KINDS)), np.float32)
    domains = np.array([_told(song.domain, rng) for song in songs])
    for row, song in enumerate(songs):
        size = len(song.tokens)
        opening = rng.random() < (0.3 if size > LENGTH else 0.8)
        start = 0 if opening else int(rng.integers(0, max(size - LENGTH + 1, size // 2)))
        cut = slice(start, min(size, start + longest))
        items = song.tokens[cut]
        target[row, : len(items)] = items
        before[row, 1 : len(items)] = items[:-1]
        if start:
            before[row, 0] = song.tokens[start - 1]
        levels[row, : len(items)] = song.levels[cut]
        recurred[row, : len(items)] = song.recurred[cut]
        places[row, : len(items)] = song.places[cut] * _shown(rng)
    arrays = (before, target, places, levels, recurred, domains)
    return Batch(*(torch.from_numpy(array) for array in arrays))


def _told(domain: int, rng: np.random.Generator) -> int:
    """The domain that the network is told: sometimes none, and some standards pass for jazz, which
    plays them."""
    drawn = rng.random()
    if drawn < UNTOLD:
        return DOMAINS - 1
    return JAZZ if domain == STANDARDS and drawn > 1 - PLAYED else domain


def _shown(rng: np.random.Generator) -> np.ndarray:
    """Which features of the place are shown: none half of the time, often only some."""
    mask = np.ones(WIDTH, np.float32)
    drawn = rng.random()
    if drawn < 0.5:
        return mask * 0
    for group in GROUPS.values():
        if drawn < 0.75 and rng.random() < 0.3:
            mask[group] = 0
    return mask


def exported(networks: Sequence[SequenceNetwork]) -> dict[str, np.ndarray]:
    """The arrays of `tools.harmony._network.Network`: what is added anyway is added here."""
    rows = [_arrays(network) for network in networks]
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def _arrays(network: SequenceNetwork) -> dict[str, np.ndarray]:
    state = {name: value.numpy() for name, value in network.state_dict().items()}
    kinds = len(TYPES)
    gates = state["recurrent.weight_ih_l0"].T
    roots = np.append(np.repeat(np.arange(12), kinds), 12)
    types = np.append(np.tile(np.arange(kinds), 12), kinds)
    chords = state["root.weight"][roots] + state["kind.weight"][types] + state["token.weight"]
    in_key = [
        state[f"in_key.{part}"]
        + state[f"in_key_root.{part}"][roots[:-1]]
        + state[f"in_key_type.{part}"][types[:-1]]
        for part in ("weight", "bias")
    ]
    by_motion = [
        state[f"by_motion.{part}"] + state[f"by_motion_root.{part}"][roots[:-1]]
        for part in ("weight", "bias")
    ]
    return {
        "token": chords @ gates + state["recurrent.bias_ih_l0"],
        "motion": state["motion.weight"] @ gates,
        "domain": state["domain.weight"] @ gates,
        "recurrent": state["recurrent.weight_hh_l0"].T,
        "recurrent_bias": state["recurrent.bias_hh_l0"][None],
        "mix": state["mix.weight"].T,
        "place": state["place.weight"].T,
        "mix_domain": state["mix_domain.weight"] + state["mix.bias"] + state["place.bias"],
        "in_key": in_key[0].T,
        "chord_bias": in_key[1][None],
        "by_motion": by_motion[0].T,
        "motion_bias": by_motion[1][None],
        "trust": state["trust.weight"].T,
        "trust_bias": state["trust.bias"][None],
        "levels": state["levels.weight"],
    }
