"""When the gateway is asked: now, later, or not at all."""

from __future__ import annotations

from ....api.key import ApiKey
from ....core.config import Config
from ....core.model.outcomes import sentence
from ....core.text.i18n import _, plural
from ...messages import ClientReady
from .board import Board


class PollingActions:
    """With which key and when the gateway is asked, as the user decides; the poller asks."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._session = board.session
        self._refused: ApiKey | None = None
        """The key from the keyboard that was refused, and another one asked for."""

    def start(self) -> None:
        """Connect and poll."""
        self._board.start(self._poll, group="poll")

    def confirm_the_time(self) -> None:
        """Poll a task whose response tells what time it is, where no open one will."""
        if witness := self._session.gateway_clock.witness(self._session.store.entries):
            self._session.poller.ask_now([witness])

    async def _poll(self, config: Config | None = None) -> None:
        """Connect, with a new key if given, and poll until cancelled; ask for a key if none is."""
        ready = await self._session.connect(config)
        self._board.post_message(ClientReady())
        if ready:
            await self._session.poll()
        elif not self._session.config.says_key and self._session.config.key_file:
            self.action_api_key()

    def action_api_key(self) -> None:
        """Ask for the API key."""
        from .key_prompt import ask_for_key

        ask_for_key(self._board, self._poll)

    def ask_for_another_key(self) -> None:
        """Ask for another key in the place of one that was typed in, once for each."""
        config = self._session.config
        if self._board.is_current and config.key_is_stored and config.key != self._refused:
            self._refused = config.key
            self.action_api_key()

    def action_forget_key(self) -> None:
        """Delete the API key that was kept."""
        from .key_prompt import forget_key

        forget_key(self._board)

    def action_pause(self) -> None:
        """Stop asking, or go on."""
        poller = self._session.poller
        if poller.paused:
            poller.resume()
        else:
            poller.pause()
        self._board.paused = poller.paused

    def action_refresh(self) -> None:
        """Poll the task now."""
        if targets := self._board.watched_targets():
            self._ask([entry.id for entry in targets])

    def action_refresh_all(self) -> None:
        """Poll every task now."""
        self._ask([entry.id for entry in self._session.store.entries])

    def _ask(self, ids: list[str]) -> None:
        if self._session.client is None:
            trouble = self._session.store.trouble
            text = sentence(trouble) if trouble else _("Not connected yet.")
            self._board.notify_line(text, "bad" if trouble else "warn")
            return
        self._session.poller.ask_now(ids)
        if len(ids) > 1:
            text = plural("Refreshing {n} task…", "Refreshing {n} tasks…", len(ids))
        else:
            text = _("Refreshing…")
        self._board.refreshing = self._board.notify_line(text).text
