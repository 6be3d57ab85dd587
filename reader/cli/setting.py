"""What every command stands on: its arguments, feeds.toml, the open `Reader`, and what it prints with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.config.locate import create_first, starter_path
from reader.errors import ConfigError
from reader.i18n import _
from reader.light import dataclass

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Awaitable, Callable
    from types import SimpleNamespace

    from reader.cli.output import Output
    from reader.config.locate import Located
    from reader.core.reader import Reader
    from reader.model.config import Config

__all__ = ["TERMINATED", "Setting"]

TERMINATED = 143
"""Exit status after SIGTERM: 128 + 15."""


@dataclass(slots=True)
class Setting:
    """One run of the command line."""

    arguments: Namespace | SimpleNamespace
    """As parsed."""
    located: Located
    """feeds.toml and the data folder."""
    output: Output
    """What to print with."""

    def load_config(self, *, may_create: bool = True) -> Config:
        """feeds.toml, made from the starter on the first run unless somebody is to be asked first."""
        from reader.config.load import load

        try:
            if may_create and create_first(self.located):
                message = _("created {path} with a starter list; edit it as you like")
                self.output.message(message.format(path=self.located.path))
        except OSError as error:
            from reader.text.told import os_reason

            message = _("{path} cannot be created ({reason}); using the starter list that ships with Warta")
            self.output.message(message.format(path=self.located.path, reason=os_reason(error)))
            self.located = replace(self.located, path=starter_path(), may_run_commands=False)
        return load(
            self.located.path,
            last_good=self.located.last_good,
            may_run_commands=self.located.may_run_commands,
        )

    def config_to_change(self) -> Config:
        """feeds.toml, to be changed; where the user has none yet, what is added is all that will be in it.

        Raises:
            ConfigError: the user has no file and none can be made; the one that ships is not his to change.

        """
        if self.located.origin == "config_folder":
            try:
                self.located.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ConfigError(_("cannot be created; nothing was changed"), path=str(self.located.path)) from error
        return self.load_config(may_create=False)

    def run(self, command: Callable[[Reader], Awaitable[int]]) -> int:
        """Run a command on the open reader.

        What is wrong in feeds.toml is told first. A file that cannot be obeyed at all stops the command, unless its
        last good copy serves; either way the status tells of it.
        """
        config = self.load_config()
        for problem in config.problems:
            self.output.message(str(problem))
        if config.origin == "missing":
            return 2
        status = self.run_with(config, command)
        return 2 if status == 0 and config.origin == "last_good" else status

    def run_with(self, config: Config, command: Callable[[Reader], Awaitable[int]]) -> int:
        """Run a command on the reader opened with this configuration."""
        from reader.cli.log import start_log
        from reader.cli.loop import run_until_done
        from reader.core.reader import Reader

        async def session() -> int:
            reader = await Reader.open(config, self.located.data_dir, is_visit=False)
            try:
                for notice in reader.notices:
                    self.output.message(notice)
                return await command(reader)
            finally:
                await reader.close()

        start_log(self.located.log, self.arguments.log_level)
        return run_until_done(session)
