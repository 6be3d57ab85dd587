"""Sets of keys for hands trained elsewhere: differences from the default table, as data."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["PRESETS"]

PRESETS: Mapping[str, Mapping[str, str]] = {
    "default": {},
    # As newsboat's doc/keycmds.dsv has them, where both can do the same; j and k stay, its users bind them so.
    "newsboat": {
        "cursor.first": "home",
        "cursor.last": "end",
        "cursor.page_down": "pagedown",
        "pane.out": "h,left",
        "pane.in": "right",
        "filter.focus": "/,F",
        "filter.save": "ctrl+s",
        "view.escape": "escape,ctrl+f",
        "article.toggle_read": "N",
        "article.toggle_star": "ctrl+e",
        "step.undo": "U",
        "list.toggle_read": "l",
        "list.sort": "g",
        "link.list": "u,L",
        "source.jump": "',t",
        "source.next_unread": "ctrl+n,}",
        "source.previous_unread": "ctrl+p,{",
        "palette.open": ":",
        "article.tag": "T",
        "article.save": "s,S",
        "article.browse": "o,O",
    },
    # Emacs for moving, elfeed for acting.
    "emacs": {
        "cursor.down": "ctrl+n,down",
        "cursor.up": "ctrl+p,up",
        "cursor.first": "<,alt+<,home",
        "cursor.last": ">,alt+>,end",
        "cursor.half_down": "ctrl+d",
        "cursor.half_up": "ctrl+u",
        "cursor.page_down": "ctrl+v,pagedown",
        "cursor.page_up": "alt+v,pageup",
        "pane.out": "ctrl+b,left",
        "pane.in": "ctrl+f,right",
        "article.page_back": "backspace",
        "article.next": "n",
        "article.previous": "p",
        "article.next_unread": "N",
        "article.previous_unread": "P",
        "filter.focus": "s,/",
        "filter.widen": "W,ctrl+o",
        "filter.save": "F,alt+s",
        "view.escape": "escape,ctrl+g",
        "find.open": "ctrl+s,f",
        "find.next": "ctrl+s,n",
        "find.previous": "ctrl+r,N",
        "article.toggle_read": "r",
        "article.toggle_star": "*",
        "article.tag": "+,t",
        "step.undo": "U,ctrl+underscore",
        "feed.refresh": "g",
        "feeds.refresh": "G",
        "article.browse": "b,o",
        "article.copy_link": "y,alt+w",
        "source.next_unread": "alt+n",
        "source.previous_unread": "alt+p",
        "pane.wider": "}",
        "pane.narrower": "{",
        "palette.open": "alt+x,:",
        "help.open": "?,f1",
    },
}
"""Preset name to command id to keys."""
