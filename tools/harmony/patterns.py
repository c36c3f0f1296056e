"""Progressions that every player of a style is taught, as Roman numerals.

They are the common property of the practice, written down for this project. They colour the
learned model towards styles that its corpora hold little of.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MAJOR: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pop": (
            "I V vi IV I V vi IV", "vi IV I V vi IV I V", "I vi IV V I vi IV V",
            "IV V iii vi IV V I", "I iii IV V", "I IV vi V", "IV I V vi", "I V ii IV",
            "I V/7 vi V IV I/3 ii V", "I IV I V", "IV V vi I", "I iii vi IV", "vi V IV V",
            "I IV iv I", "I III7 vi IV", "I V vi iii IV I IV V", "ii IV I V", "IV iv I",
        ),
        "rock": (
            "I IV V IV", "I bVII IV I", "I V IV I", "I bIII IV I", "I bVI bVII I", "I IV I V",
            "vi IV I V", "I bVII bVI bVII", "I V bVII IV", "I IV vi V", "V IV I I",
        ),
        "folk": (
            "I IV I V", "I V I V I", "I IV V I", "I V vi IV", "I ii V I", "I I IV V", "vi V IV V",
            "I iii IV I", "I IV I V7 I", "ii V I",
        ),
        "country": (
            "I IV V I", "I V I IV I V7 I", "I I7 IV V7", "I vi ii V7", "I II7 V7 I", "I IV I V",
            "I I/3 IV V", "IV I V7 I", "I VI7 II7 V7 I",
        ),
        "jazz": (
            "ii7 V7 Imaj7", "ii7 V7 Imaj7 VI7 ii7 V7 Imaj7", "Imaj7 vi7 ii7 V7",
            "iii7 VI7 ii7 V7", "Imaj7 VI7 ii7 V7 iii7 VI7 ii7 V7", "ii7 bII7 Imaj7",
            "Imaj7 #i°7 ii7 #ii°7 iii7", "Imaj7 IVmaj7 iii7 VI7 ii7 V7 Imaj7",
            "iii7 biii7 ii7 bII7 Imaj7", "Imaj7 v7 I7 IVmaj7 iv7 bVII7 Imaj7",
            "Imaj7 II7 ii7 V7 Imaj7", "ii7 V7 iii7 VI7 ii7 V7 I6",
            "viiø7 III7 vi7 II7 ii7 V7 Imaj7",
            "IVmaj7 #iv°7 Imaj7 VI7 ii7 V7 Imaj7", "Imaj7 bIII7 ii7 bII7", "III7 VI7 II7 V7 Imaj7",
            "ii7 V7 I6 ii7 V7 I6", "Imaj7 IV7 iii7 VI7 ii7 V7",
            "I7 IV7 I7 v7 I7 IV7 #iv°7 I7 VI7 ii7 V7 I7",
        ),
        "blues": (
            "I7 IV7 I7 IV7 I7 V7 IV7 I7 V7", "I7 IV7 I7 V7 I7", "I7 V7 IV7 I7",
            "I7 IV7 #iv°7 I7 VI7 ii7 V7 I7", "I7 IV7 I7 V7 IV7 I7 V7",
        ),
        "bossa_nova": (
            "Imaj7 II7 ii7 V7", "Imaj7 ii7 iii7 ii7", "Imaj7 #i°7 ii7 V7 Imaj7",
            "Imaj7 vi7 ii7 bII7", "Imaj7 II9 ii9 bII7 Imaj7", "Imaj9 bVII13 Imaj9 VI7 ii9 V13",
            "IVmaj7 iv6 iii7 VI7 ii7 V7 Imaj7",
        ),
        "rnb": (
            "IVmaj7 iii7 vi7 ii7", "ii9 V13 Imaj9 vi9", "Imaj7 iii7 IVmaj7 iv6", "IVmaj7 V vi7 I",
            "vi9 ii9 V9sus4 Imaj9", "Imaj7 III7 vi7 v7 I7 IVmaj7", "IVmaj7 III7 vi7 I7",
        ),
        "soul": (
            "I vi IV V", "I ii I IV", "I IV I V", "I iii IV V", "I III7 vi I7 IV iv I",
            "Imaj7 ii7 iii7 IVmaj7", "I7 IV7", "vi ii V I",
        ),
        "funk": ("I9 IV9", "i7 IV9", "I7 bVII7 IV7 I7", "ii9 V13", "I9 I9 IV9 I9"),
        "disco": ("I vi ii V", "IVmaj7 V iii7 vi7", "Imaj7 ii7 V7", "vi ii V I"),
        "reggae": ("I IV", "I V vi IV", "I ii", "I IV V IV", "I V IV V", "vi IV I V"),
        "classical": (
            "I IV V7 I", "I vi IV ii V7 I", "I V7 I IV I V7 I", "I V vi iii IV I IV V7",
            "I ii6 V7 I", "I V7/V V7 I", "I IV vii° iii vi ii V7 I", "I V/7 vi I/3 IV I/5 V7 I",
        ),
        "hymn": (
            "I IV I V7 I", "I V I IV I V7 I", "I vi ii V I", "I V/7 vi IV I/5 V7 I",
            "I IV V I vi ii V I", "V7 I IV I", "IV I V7 I",
        ),
        "waltz": ("I V7 V7 I", "I I IV I V7 I", "I VI7 ii V7 I", "I II7 V7 I"),
        "ballad": (
            "I V/7 vi V IV I/3 ii V", "I iii vi IV", "I vi ii V", "I iii IV iv I",
            "I III7 vi IV V", "IV V iii vi ii V I",
        ),
        "chinese": (
            "I vi IV V", "I V vi iii IV I ii V", "vi IV V I", "I iii vi V", "vi iii IV I",
            "vi V IV V vi", "I ii vi V I", "IV V iii vi ii V I", "I vi ii V I", "vi ii V vi",
        ),
        "lofi": (
            "ii9 V13 Imaj9", "IVmaj7 iii7 ii7 Imaj7", "Imaj7 vi9 ii9 V9sus4", "Imaj9 IVmaj9",
            "IVmaj7 iii7 VI7 ii9", "ii7 iii7 IVmaj7 iii7",
        ),
        "electronic": ("vi IV I V", "IV V vi iii", "I V vi IV", "IV vi I V", "vi V IV I"),
        "metal": ("I5 bII5 I5 bVII5", "I5 bVI5 bVII5 I5", "I5 bIII5 IV5 bII5"),
        "punk": ("I IV V IV", "I V vi IV", "I5 IV5 V5 V5", "I V IV V"),
    }
)  # fmt: skip
MINOR: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pop": (
            "i VI III VII", "i iv VI V", "i VII VI VII", "VI VII i", "i III VII VI", "i v VI iv",
            "i VI iv V", "iv i V7 i", "i VII III VI", "i iv VII III VI iv V7 i",
        ),
        "rock": (
            "i VII VI VII", "i VI VII i", "i IV i IV", "i III IV i", "i VII IV i",
            "i VI III VII",
        ),
        "folk": (
            "i VII i VII", "i iv i V7", "i VII VI VII i", "i III VII i", "i VI VII i",
            "i IV i VII",
        ),
        "country": ("i iv V7 i", "i VII VI V7", "i VI III VII"),
        "jazz": (
            "iiø7 V7 i6", "i7 iv7 iiø7 V7", "iiø7 V7 i7 VI7", "i7 IV7 IIImaj7 VImaj7 iiø7 V7 i6",
            "iv7 VII7 IIImaj7 VImaj7 iiø7 V7 i6", "i6 iiø7 V7 i6", "i7 VI7 V7 i7",
            "imMaj7 i7 i6 iiø7 V7",
        ),
        "blues": ("i7 iv7 i7 VI7 V7 i7", "i7 iv7 i7 V7 i7"),
        "bossa_nova": ("i6 iiø7 V7 i6", "i7 iv7 VII7 IIImaj7 VImaj7 iiø7 V7", "i9 bII7 i9 IV9"),
        "rnb": ("i9 iv9 VImaj7 v7", "VImaj7 v7 i9", "i7 iv7 VII9 IIImaj7"),
        "soul": ("i7 iv7", "i VI iv V7", "i VII VI V7"),
        "funk": ("i7 IV9", "i9 iv9", "i7 VII IV i7"),
        "disco": ("i iv VII III", "i VI VII i", "iv VII III VI"),
        "reggae": ("i iv", "i VII", "i VI VII i", "iv i"),
        "classical": (
            "i iv V7 i", "i VI iv V7 i", "i iv VII III VI ii° V7 i", "i V7 i iv i V7 i",
            "i bII V7 i", "i VI ii° V7 i",
        ),
        "hymn": ("i iv i V7 i", "i VII III iv V7 i", "i V i iv V i"),
        "waltz": ("i V7 V7 i", "i iv V7 i", "i iv i V7 i"),
        "ballad": ("i VII VI V7", "i v VI III iv i iv V7", "i VI III VII", "i iv VII III"),
        "chinese": (
            "i VII VI VII", "i VI III VII", "i v VI III iv i VII i", "i III VII i", "VI VII v i",
            "i iv VII III VI VII i", "i VII i v i",
        ),
        "lofi": ("i9 iv9", "i9 VImaj7 IIImaj7 VII", "iv9 v7 i9", "VImaj7 v7 iv7 i9"),
        "electronic": ("i VI III VII", "VI VII i i", "i III VII iv", "i VII VI VI"),
        "metal": (
            "i VI VII i", "i5 bII5 VII5 i5", "i5 VI5 VII5 i5", "i bII i VII",
            "i V VI III iv i iv V",
        ),
        "punk": ("i VII VI V", "i VI III VII", "i5 III5 VII5 IV5"),
    }
)  # fmt: skip
