"""What opens over the screen: help, palette, jump, menus, feed details, questions. Plain data in, one result out."""
