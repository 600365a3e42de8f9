"""Which near-duplicates are found: `python -m benchmarks.near_duplicates [FOLDER]`, by kind and depth of the change.

FOLDER: of .jsonl.gz files whose rows have `paras`, a list of paragraphs; without it, the demo newsroom's own articles. Half of the texts
are changed in each way once, and go into one warehouse as they are and changed; what is put into them comes from the other half, which
does not. They are compared there as at the end of a run, and the stored pairs of a text as it is with another one are counted: right if
that was made from it, wrong if not, also where it quotes it.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from flows.demo.newsroom import Newsroom
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.near_duplicates import find_near_duplicates
from flows.pipeline.progress import nobody
from flows.settings import Settings
from flows.world import this_world
from tasks.text.words import word_count
from warehouse.batch import Batch
from warehouse.load import load
from warehouse.migrate import migrate
from warehouse.rows import ArticleTextRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EDITED = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
EXCERPTS = (0.6, 0.3)
LEADS = (0.6, 0.4)
QUOTED = (0.1, 0.2)
FEWEST_WORDS = 80
AS_IT_IS = "as it is"
SPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
DAY = this_world().now().date()

Paragraphs = list[list[str]]


@dataclass(frozen=True, slots=True)
class Made:
    """A text and what it was made from."""

    kind: str
    source: int
    text: str

    @property
    def article_id(self) -> UUID:
        """Of the kind and the source."""
        return uuid5(SPACE, f"{self.kind}/{self.source}")


def texts_of(folder: Path | None) -> list[Paragraphs]:
    """Paragraphs as lists of words."""
    if folder is None:
        found = [[line.text for line in article.readings[0].kept] for article in Newsroom(1).truth().articles if not article.wire]
    else:
        lines = [line for path in sorted(folder.glob("*.jsonl.gz")) for line in gzip.decompress(path.read_bytes()).splitlines()]
        rows = [json.loads(line) for line in lines]
        found = [row["paras"] for row in rows if row.get("paras")]
    return [[each.split() for each in paragraphs] for paragraphs in found if word_count(" ".join(paragraphs)) >= FEWEST_WORDS]


def made_from(texts: Sequence[Paragraphs], donors: Sequence[Paragraphs], random: Random) -> list[Made]:
    """Every text in every form. donors: of what is put in."""
    vocabulary = [word for text in donors for paragraph in text for word in paragraph]
    changes: dict[str, Callable[[Paragraphs, Paragraphs], Paragraphs]] = {
        AS_IT_IS: lambda text, _: text,
        **{f"{share:4.0%} of words edited": partial(_edited, share, vocabulary, random) for share in EDITED},
        **{f"excerpt of {share:.0%}": partial(_excerpt, share) for share in EXCERPTS},
        **{f"lead of {share:.0%}, new end": partial(_lead, share) for share in LEADS},
    }
    made = []
    for index, text in enumerate(texts):
        for kind, change in changes.items():
            made.append(Made(kind, index, _joined(change(text, _fitted(random.choice(donors), text)))))
        for share in QUOTED:
            quote = _part(_fitted(texts[index - 1], text), share)
            made.append(Made(f"quotes {share:.0%} of another", index, _joined([*text, *quote])))
    return made


def _edited(share: float, vocabulary: Sequence[str], random: Random, text: Paragraphs, _: Paragraphs) -> Paragraphs:
    """Half of the edits replace a word, a quarter drop one, a quarter put one in."""
    return [
        [each for word in paragraph for each in (_edit(word, vocabulary, random) if random.random() < share else (word,))]
        for paragraph in text
    ]


def _edit(word: str, vocabulary: Sequence[str], random: Random) -> tuple[str, ...]:
    other = random.choice(vocabulary)
    return random.choice(((other,), (other,), (), (word, other)))


def _excerpt(share: float, text: Paragraphs, _: Paragraphs) -> Paragraphs:
    return _part(text, share)


def _lead(share: float, text: Paragraphs, other: Paragraphs) -> Paragraphs:
    return [*_part(text, share), *_part(other, 1 - share, end=True)]


def _part(text: Paragraphs, share: float, *, end: bool = False) -> Paragraphs:
    """Words from the beginning, or from the end, as many as make up that share."""
    words = [word for paragraph in text for word in paragraph]
    count = round(len(words) * share)
    return [words[len(words) - count :] if end else words[:count]]


def _fitted(text: Paragraphs, to: Paragraphs) -> Paragraphs:
    """A text cut to the length of another."""
    return [[word for paragraph in text for word in paragraph][: sum(map(len, to))]]


def _joined(text: Paragraphs) -> str:
    return "\n\n".join(" ".join(paragraph) for paragraph in text if paragraph)


def pairs_found(made: Sequence[Made]) -> tuple[list[tuple[Made, Made]], float]:
    """Load the texts, compare them, and read the pairs; CPU milliseconds per text of comparing."""
    by_id = {each.article_id: each for each in made}
    world = this_world()
    with tempfile.TemporaryDirectory(prefix="feedmill-near-") as folder:
        context = RunContext(world.new_id(), Settings(state=Path(folder)), world, nobody, Steps())
        rows = tuple(ArticleTextRow(each.article_id, "0", None, each.text, None, 0, 0, DAY) for each in made)
        with context.warehouse() as connection:
            migrate(connection, now=world.now(), code_version=world.code_version)
            load(connection, Batch(article_texts=rows))
        began = time.process_time()
        asyncio.run(find_near_duplicates(context))
        used = time.process_time() - began
        with context.warehouse() as connection:
            found = connection.table("near_duplicate_pairs").project("article_a, article_b").fetchall()
    return [(by_id[a], by_id[b]) for a, b in found], 1000 * used / len(made)


def show(made: Sequence[Made], found: Sequence[tuple[Made, Made]]) -> None:
    """A line per kind."""
    right, wrong = Counter[str](), Counter[str]()
    for pair in found:
        for each, other in (pair, pair[::-1]):
            if other.kind == AS_IT_IS:
                (right if each.source == other.source else wrong)[each.kind] += 1
    print(f"{'compared with texts as they are':32} {'texts':>6} {'found':>6} {'recall':>7} {'wrong':>6} {'precision':>9}")
    for kind, texts in Counter(each.kind for each in made).items():
        told = right[kind] + wrong[kind]
        precision = right[kind] / told if told else 1.0
        recall = "" if kind == AS_IT_IS else f"{right[kind] / texts:7.3f}"
        print(f"{kind:32} {texts:6} {right[kind]:6} {recall:>7} {wrong[kind]:6} {precision:9.4f}")


def main(folder: Path | None) -> None:
    """Measure and print."""
    random = Random(1)
    texts = texts_of(folder)
    random.shuffle(texts)
    half = len(texts) // 2
    made = made_from(texts[:half], texts[half:], random)
    found, milliseconds = pairs_found(made)
    show(made, found)
    print(f"{len(made)} texts, {len(found)} pairs, {milliseconds:.1f} CPU ms a text")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
