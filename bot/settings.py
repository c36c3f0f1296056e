"""Every setting of the program, read from the environment and `.env`."""

from __future__ import annotations

from pydantic import Field, SecretStr

from models.settings import ModelSettings


class Settings(ModelSettings):
    """What the bot needs beyond the models' settings. Names are the variables' names."""

    discord_token: SecretStr | None = Field(
        None, description="Discord bot token; empty = local studio"
    )
    database_url: str = Field(
        "", description="SQLAlchemy URL of the memory; empty = SQLite in DATA_DIR"
    )
    master_key: SecretStr | None = Field(
        None, description="Base64 key that wraps people's keys; empty = a file in DATA_DIR"
    )
    studio_port: int = Field(7860, ge=1, le=65535, description="Port of the studio on 127.0.0.1")
    tool_seconds: float = Field(
        60.0, gt=0, description="Longest time one tool may take, in seconds"
    )
    workers: int = Field(2, ge=1, le=16, description="Processes that read and render songs")
