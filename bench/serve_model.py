"""Serves a local transformers model over the OpenAI protocol, to measure the served path with.

    python -m bench.serve_model [FOLDER] [--port 8123]

Without a folder it serves the bare embedded model, without Bandmate's adapters. One request at a
time, on 127.0.0.1 only; for measuring, not for users, who have vLLM, llama.cpp or Ollama.
"""

from __future__ import annotations

import argparse
import json
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from models.obtain import embedded_model
from models.settings import ModelSettings, read_settings

_LONGEST = 400


class Server(HTTPServer):
    """Holds the model."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.network: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16)

    def answer(self, messages: list[dict[str, str]], asked: dict[str, Any]) -> str:
        """A sampled answer."""
        encoded: Any = self.tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        with torch.inference_mode():
            made = self.network.generate(
                **encoded,
                max_new_tokens=min(_LONGEST, asked.get("max_tokens") or _LONGEST),
                do_sample=True,
                temperature=asked.get("temperature") or 0.8,
                top_p=0.95,
                pad_token_id=self.tokenizer.eos_token_id,
            )
        new = made[0, encoded["input_ids"].shape[1] :]
        return str(self.tokenizer.decode(new, skip_special_tokens=True))


class Handler(BaseHTTPRequestHandler):
    """POST /v1/chat/completions, streamed in one piece or whole."""

    server: Server

    def do_POST(self) -> None:
        """One completion."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = self.server.answer(asked["messages"], asked)
        common = {"id": "1", "created": int(time.time()), "model": asked.get("model", "local")}
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "finish_reason": "stop"}
        if asked.get("stream"):
            chunk = {**common, "object": "chat.completion.chunk",
                     "choices": [{**choice, "delta": message}]}  # fmt: skip
            self._send("text/event-stream", f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n")
        else:
            whole = {**common, "object": "chat.completion",
                     "choices": [{**choice, "message": message}]}  # fmt: skip
            self._send("application/json", json.dumps(whole))

    def _send(self, kind: str, body: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=None)
    parser.add_argument("--port", type=int, default=8123)
    options = parser.parse_args()
    folder = options.folder or embedded_model(read_settings(ModelSettings).cache_dir)
    Server(folder, options.port).serve_forever()


if __name__ == "__main__":
    main()
