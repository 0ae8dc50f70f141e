"""The administrator's commands on the keys of duty cards: certify and publish, list, revoke."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from central.terminal import AsJson, Told, acting, tell
from central.words import tr

cards_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help=tr("Who does this; your login name by default."))]


@cards_app.command("publish", help=tr("Certify new keys of stations; tell all of void cards."))
def publish(as_json: AsJson = False) -> None:
    """Publish keys and void notices; run it from a timer, it writes only what is new."""
    from central.cards import publish_cards
    from central.keys import load_keys

    with acting() as desk:
        done = publish_cards(desk.connection, load_keys(desk.settings.home).sign)
        if done.keys:
            desk.note("certify", getpass.getuser(), str(done.keys))
    says = tr("{keys} keys certified, {notices} notices told.", keys=done.keys,
              notices=done.notices)  # fmt: skip
    tell(as_json, says, keys=done.keys, notices=done.notices)


@cards_app.command("list", help=tr("List the certified keys."))
def keys(as_json: AsJson = False) -> None:
    """List keys."""
    from central.cards import list_keys

    with acting() as desk:
        found = list_keys(desk.connection)
    lines = ["\t".join((one["key_id"], one["station"] or "", one["revoked_at"] or "-"))
             for one in found]  # fmt: skip
    tell(as_json, "\n".join(lines) or tr("None yet."), keys=found)


@cards_app.command("revoke", help=tr("Refuse all cards that a key has signed."))
def revoke(key: str, by: By = "", as_json: AsJson = False) -> None:
    """Revoke a key, such as that of a stolen PC."""
    from central.cards import revoke_key

    with acting() as desk:
        if not revoke_key(desk.connection, key):
            raise Told(tr("There is no such key, or it is revoked already."))
        desk.note("revoke-key", by or getpass.getuser(), key)
    tell(as_json, tr("Its cards are refused from now on."))
