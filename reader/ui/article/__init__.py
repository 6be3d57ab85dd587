"""The article pane: documents laid out as lines, and the widget that shows them."""
