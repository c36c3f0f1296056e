"""The song as sound: a soundfont played by tinysoundfont, as WAV or as Opus in an OGG file."""

from __future__ import annotations

import io
import math
import wave
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, NamedTuple

import av
import numpy as np
import tinysoundfont
from numpy.typing import NDArray

from music.performance import perform
from music.render._rendering import Renderer
from music.song import Song, Track
from wording import FriendlyError

SAMPLE_RATE = 48_000
LONGEST = 600.0
"""Seconds; Opus at 128 kbit/s is then just below the 10 MiB that Discord accepts."""
_TAIL = 2.5
_DRUM_CHANNEL = 9
_TARGET_RMS = 0.126
"""-18 dBFS over the sounding part, with peaks kept below -1 dBFS."""
_PEAK = 0.89
_PAN = MappingProxyType({"Chords": 46, "Drums": 64, "Bass": 64, "Melody": 70})
_MIX = MappingProxyType({"Melody": 0.0, "Chords": -6.0, "Bass": -5.0, "Drums": -7.0})
"""Loudness of the parts that `perform` makes, in decibels against the melody."""
_OWN = -3.0
"""Loudness of the loudest track of a song's own."""
_PROBE_RATE = 16_000

Samples = NDArray[np.float32]


class NothingToPlay(FriendlyError):
    """The song has neither melody nor chords nor tracks."""


class SongTooLong(FriendlyError):
    """The song lasts longer than can be sent as audio."""


def audio(song: Song, format: Literal["ogg", "wav"] = "ogg") -> bytes:
    """The song played, stereo at 48 kHz. Raises `NothingToPlay` and `SongTooLong`."""
    samples = synthesise(song)
    return _wav(samples) if format == "wav" else _opus(samples)


def synthesise(song: Song) -> Samples:
    """The song as samples (frames, 2) in -1..1 at `SAMPLE_RATE`. Raises as `audio`."""
    tracks = perform(song)
    if not tracks:
        raise NothingToPlay(
            "There is nothing to play yet: this song has no melody and no chords.",
            "还没有可以播放的内容：这首歌既没有旋律也没有和弦。",
        )
    second = 60.0 / song.tempo
    end = max(max(n.onset + n.duration for n in t.notes) for t in tracks) * second
    if end > LONGEST:
        raise SongTooLong(
            f"This song lasts {end / 60:.0f} minutes; I can play up to {LONGEST / 60:.0f}.",
            f"这首歌长 {end / 60:.0f} 分钟，我最多能播放 {LONGEST / 60:.0f} 分钟。",
        )
    return _normalised(_played(tracks, second, end + _TAIL))


def _played(tracks: tuple[Track, ...], second: float, seconds: float) -> Samples:
    """Every track on a channel of its own; `second` is the length of a quarter note."""
    parts = [_Part(track, volume) for track, volume in zip(tracks, _volumes(tracks), strict=True)]
    return _synthesised(parts, second, seconds, SAMPLE_RATE)


def _volumes(tracks: tuple[Track, ...]) -> list[int]:
    """MIDI volumes (0-127) that bring tracks to their place in the mix.

    The instruments of a soundfont differ by more than 20 dB at the same velocity, so the first
    seconds of every track are played and measured. Tracks of the song's own keep their balance
    among each other.
    """
    levels = [_level(track) for track in tracks]
    own = [level for track, level in zip(tracks, levels, strict=True) if track.name not in _MIX]
    gains = [
        _MIX[track.name] - level if track.name in _MIX else _OWN - max(own)
        for track, level in zip(tracks, levels, strict=True)
    ]
    loudest = max(gains)
    # The synthesiser's gain is the cube of the volume.
    return [round(127 * 10 ** (max(gain - loudest, -50.0) / 60)) for gain in gains]


def _level(track: Track) -> float:
    """How loud a track is where it sounds, in decibels."""
    first = track.notes[0].onset
    opening = [n._replace(onset=n.onset - first) for n in track.notes if n.onset < first + 12]
    part = _Part(track.model_copy(update={"notes": tuple(opening)}), 127)
    samples = _synthesised([part], 0.5, 7.0, _PROBE_RATE)
    sounding = samples[np.abs(samples).max(axis=1) > 1e-4]
    return 20 * math.log10(float(np.sqrt(np.mean(np.square(sounding))))) if len(sounding) else -60


class _Part(NamedTuple):
    """A track and the volume (0-127) of its channel."""

    track: Track
    volume: int


def _synthesised(parts: list[_Part], second: float, seconds: float, rate: int) -> Samples:
    synth = tinysoundfont.Synth(samplerate=rate)
    font = synth.sfload(_soundfont())
    events: list[tuple[int, int, int, int, int]] = []
    channels = [c for c in range(16) if c != _DRUM_CHANNEL]
    for number, (track, volume) in enumerate(parts):
        channel = _DRUM_CHANNEL if track.drums else channels[number % len(channels)]
        synth.program_select(channel, font, 128 if track.drums else 0, track.program, track.drums)
        synth.control_change(channel, 7, volume)
        synth.control_change(channel, 10, _PAN.get(track.name, 58))
        for onset, duration, pitch, velocity in track.notes:
            start = round(onset * second * rate)
            end = max(start + 1, round((onset + duration) * second * rate))
            events.append((end, 0, channel, pitch, 0))
            events.append((start, 1, channel, pitch, velocity))
    frames = round(seconds * rate)
    buffer = memoryview(bytearray(frames * 8))
    now = 0
    for time, on, channel, pitch, velocity in sorted(events):
        if now < time < frames:
            synth.generate_simple(time - now, buffer=buffer[now * 8 : time * 8])
            now = time
        if on:
            synth.noteon(channel, pitch, velocity)
        else:
            synth.noteoff(channel, pitch)
    synth.generate_simple(frames - now, buffer=buffer[now * 8 :])
    return np.frombuffer(buffer, dtype=np.float32).reshape(-1, 2)


@cache
def _soundfont() -> bytes:
    """TimGM6mb, the small General MIDI soundfont that comes with pretty_midi."""
    return files("pretty_midi").joinpath("TimGM6mb.sf2").read_bytes()


def _normalised(samples: Samples) -> Samples:
    """Of even loudness, peaks rounded off instead of clipped, the last half second faded out."""
    sounding = samples[np.abs(samples).max(axis=1) > 1e-3]
    if len(sounding) == 0:
        return samples
    loudness = float(np.sqrt(np.mean(np.square(sounding))))
    louder = samples * np.float32(_TARGET_RMS / loudness)
    knee = 0.6
    over = np.abs(louder) > knee
    room = _PEAK - knee
    soft = np.sign(louder[over]) * (knee + room * np.tanh((np.abs(louder[over]) - knee) / room))
    louder[over] = soft
    fade = SAMPLE_RATE // 2
    louder[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    return louder


def _pcm(samples: Samples) -> NDArray[np.int16]:
    return np.round(samples * 32767).astype("<i2")


def _wav(samples: Samples) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(_pcm(samples).tobytes())
    return out.getvalue()


def _opus(samples: Samples) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=SAMPLE_RATE)
        stream.bit_rate = 112_000
        stream.layout = "stereo"
        stream.options = {"compression_level": "5"}
        frame = av.AudioFrame.from_ndarray(_pcm(samples).reshape(1, -1), "s16", "stereo")
        frame.sample_rate = SAMPLE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _as_ogg(song: Song) -> list[bytes]:
    return [audio(song, "ogg")]


def _as_wav(song: Song) -> list[bytes]:
    return [audio(song, "wav")]


RENDERERS = (
    Renderer(
        "ogg", ".ogg", "audio/ogg", _as_ogg, aliases=("audio", "opus", "sound", "音频", "录音")
    ),
    Renderer("wav", ".wav", "audio/wav", _as_wav, aliases=("wave",)),
)
