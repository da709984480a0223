"""The built-in encoder as a module of the sentence-transformers library."""

from __future__ import annotations

from typing import Any

import torch
from sentence_transformers.base.modules import InputModule

from align.builtin import BuiltinEncoder


class UniversalModule(InputModule):  # type: ignore[misc]  # the library ships no usable types
    """Input module whose features are finished sentence vectors.

    The weights stay in the package they come from, so a saved model is a few lines of JSON.
    """

    save_in_root = False
    config_keys: list[str] = []  # noqa: RUF012  (the library's own convention)

    def __init__(self, encoder: BuiltinEncoder | None = None):
        super().__init__()
        self._encoder = encoder or BuiltinEncoder()

    def preprocess(
        self, inputs: list[str], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        texts = self._prepend_prompt(inputs, prompt) if prompt else list(inputs)
        return {"sentence_embedding": torch.from_numpy(self._encoder.encode(texts))}

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        return features

    def get_embedding_dimension(self) -> int:
        return self._encoder.dim

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        self.save_config(output_path)
