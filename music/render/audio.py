"""The song as sound: a soundfont played by tinysoundfont, as WAV or as Opus in an OGG file."""

from __future__ import annotations

import io
import wave
from functools import cache
from importlib.resources import files
from typing import Literal

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
_PAN = {"Chords": 46, "Drums": 64, "Bass": 64, "Melody": 70}
_VOLUME = {"Melody": 112, "Chords": 84, "Bass": 100, "Drums": 88}

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
    synth = tinysoundfont.Synth(samplerate=SAMPLE_RATE)
    font = synth.sfload(_soundfont())
    events: list[tuple[int, int, int, int, int]] = []
    channels = [c for c in range(16) if c != _DRUM_CHANNEL]
    for number, track in enumerate(tracks):
        channel = _DRUM_CHANNEL if track.drums else channels[number % len(channels)]
        synth.program_select(channel, font, 128 if track.drums else 0, track.program, track.drums)
        synth.control_change(channel, 7, _VOLUME.get(track.name, 90))
        synth.control_change(channel, 10, _PAN.get(track.name, 58))
        for onset, duration, pitch, velocity in track.notes:
            start = round(onset * second * SAMPLE_RATE)
            end = max(start + 1, round((onset + duration) * second * SAMPLE_RATE))
            events.append((end, 0, channel, pitch, 0))
            events.append((start, 1, channel, pitch, velocity))
    frames = round(seconds * SAMPLE_RATE)
    buffer = memoryview(bytearray(frames * 8))
    now = 0
    for time, on, channel, pitch, velocity in sorted(events):
        if time > now:
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
