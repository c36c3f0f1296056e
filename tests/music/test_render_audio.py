"""Audio, judged by listening with a Fourier transform."""

import io
import wave

import av
import numpy as np
import pytest

from music.render.audio import NothingToPlay, SongTooLong, audio, synthesise
from music.song import ChordEvent, Hit, Note, Section, Song, Track
from tests.music import render_songs

RATE = 48_000


def melody(*notes: Note, tempo: float = 60.0) -> Song:
    length = max(note.onset + note.duration for note in notes)
    return Song(tempo=tempo, sections=(Section(length=length, melody=notes),))


def loudest_frequency(samples: np.ndarray) -> float:
    mono = samples.mean(axis=1) * np.hanning(len(samples))
    spectrum = np.abs(np.fft.rfft(mono))
    return float(np.argmax(spectrum) * RATE / len(samples))


@pytest.mark.parametrize("pitch", [60, 69, 77])
def test_a_note_sounds_at_its_pitch(pitch: int) -> None:
    song = Song(tempo=60, style="folk", sections=(Section(length=2, melody=(Note(0, 2, pitch),)),))
    samples = synthesise(song)[RATE // 4 : RATE * 2]
    wanted = 440 * 2 ** ((pitch - 69) / 12)
    heard = loudest_frequency(samples)
    assert min(abs(heard / (wanted * k) - 1) for k in (1, 2)) < 0.01


@pytest.mark.parametrize("tempo", [60.0, 150.0])
def test_notes_start_when_the_tempo_says(tempo: float) -> None:
    onsets = (0.0, 1.0, 2.0, 2.5, 4.0)
    hits = tuple(Hit(onset, 0.2, 37, 110) for onset in onsets)
    drums = Track(name="Kit", drums=True, notes=hits)
    song = Song(tempo=tempo, sections=(Section(length=5, tracks=(drums,)),))
    level = np.abs(synthesise(song)).max(axis=1)
    heard: list[float] = []
    for frame in np.flatnonzero(level > 0.3 * level.max()):
        time = frame / RATE
        if not heard or time - heard[-1] > 0.15:
            heard.append(time)
    assert heard == pytest.approx([onset * 60 / tempo for onset in onsets], abs=0.02)


def test_wav_is_cd_like_and_as_long_as_the_song() -> None:
    with wave.open(io.BytesIO(audio(render_songs.ENGLISH, "wav"))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE)
        seconds = file.getnframes() / RATE
    assert seconds == pytest.approx(32 * 60 / 92 + 2.5, abs=0.4)


def test_loud_without_clipping_and_with_a_quiet_end() -> None:
    for song in (render_songs.ENGLISH, render_songs.CHINESE, render_songs.DENSE):
        samples = synthesise(song)
        sounding = samples[np.abs(samples).max(axis=1) > 1e-3]
        assert 0.3 < np.abs(samples).max() < 0.9
        assert 0.06 < np.sqrt(np.mean(np.square(sounding))) < 0.16
        assert np.abs(samples[-100:]).max() < 1e-3


@pytest.mark.parametrize("style", ["pop", "ballad", "rock", "jazz", "hymn", "chinese"])
def test_accompaniment_is_heard_beneath_the_melody(style: str) -> None:
    """The melody sounds above 1 kHz here, the chords below: their energies are compared."""
    part = Section(length=8, melody=(Note(0, 8, 86),), chords=(ChordEvent(0, "C"),))
    song = Song(style=style, tempo=100, sections=(part, part))
    mono = synthesise(song)[: 4 * RATE].mean(axis=1)
    spectrum = np.abs(np.fft.rfft(mono)) ** 2
    frequency = np.fft.rfftfreq(len(mono), 1 / RATE)
    beneath = spectrum[(frequency > 60) & (frequency < 600)].sum()
    melody = spectrum[(frequency > 1100) & (frequency < 1250)].sum()
    assert -12 < 10 * np.log10(beneath / melody) < 8


def test_ogg_is_opus_and_decodes_to_the_same_sound() -> None:
    song = melody(Note(0, 2, 69))
    with av.open(io.BytesIO(audio(song, "ogg"))) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name in ("opus", "libopus")
        assert (stream.codec_context.sample_rate, stream.codec_context.channels) == (RATE, 2)
        decoded = np.concatenate([f.to_ndarray() for f in container.decode(audio=0)], axis=1).T
    assert len(decoded) == pytest.approx(len(synthesise(song)), abs=2000)
    assert loudest_frequency(decoded[RATE // 4 : 2 * RATE]) == pytest.approx(440, rel=0.01)


def test_the_same_song_sounds_the_same_and_another_differently() -> None:
    assert audio(render_songs.PICKUP, "wav") == audio(render_songs.PICKUP, "wav")
    other = render_songs.PICKUP.replace(style="rock")
    assert audio(render_songs.PICKUP, "wav") != audio(other, "wav")


def test_silence_and_endless_songs_are_explained() -> None:
    with pytest.raises(NothingToPlay):
        audio(Song(title="empty"))
    with pytest.raises(SongTooLong) as error:
        audio(melody(Note(0, 1, 60), Note(700, 1, 60)))
    assert "10" in error.value.friendly("en")
    assert "10" in error.value.friendly("zh")
