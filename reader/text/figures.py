"""What elements that are no text do: images with captions and credits, films, frames, rules."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.model.document import Embed, Figure, Inline, Paragraph, Rule
from reader.text.clean import clean_line
from reader.text.grids import flatten
from reader.text.media import alt_text, embed_address, embed_label, image_address, is_tiny, title_text
from reader.text.runs import join
from reader.text.tags import CAPTION_CLASSES, CREDIT_CLASSES
from reader.text.urls import is_tracker_pixel

if TYPE_CHECKING:
    from reader.text.build import Builder, Closer, Frame, Handler
    from reader.text.media import Attributes

__all__ = ["FIGURE_HANDLERS", "start_by_class"]

_ICON_PIXELS = 24
_ICON_CLASSES = frozenset({"emoji", "wp-smiley", "emojione", "icon"})


def start_by_class(builder: Builder, tag: str, attributes: Attributes) -> Closer | None:
    """A caption or a credit that only its class tells, right beside its image; None for anything else."""
    names = attributes.get("class")
    if not names or tag in {"img", "figure", "a"}:
        return None
    classes = frozenset(names.split())
    frame = builder.frames[-1]
    is_beside = bool(frame.blocks) and isinstance(frame.blocks[-1], Figure) and not builder.run
    if not CREDIT_CLASSES.isdisjoint(classes) and (is_beside or frame.kind in {"figure", "caption"}):
        builder.push("credit")
        return partial(_end_credit, builder)
    if not CAPTION_CLASSES.isdisjoint(classes) and (is_beside or frame.kind == "figure"):
        return _caption(builder, tag, attributes)
    return None


def _rule(builder: Builder, _: str, __: Attributes) -> None:
    builder.flush()
    builder.add(Rule())


def _image(builder: Builder, _: str, attributes: Attributes) -> None:
    if is_tiny(attributes) or is_tracker_pixel(attributes.get("src") or ""):
        return
    alt = alt_text(attributes)
    classes = (attributes.get("class") or "").split()
    if is_tiny(attributes, _ICON_PIXELS) or not _ICON_CLASSES.isdisjoint(classes):
        builder.text(alt[:40])
        return
    address = image_address(attributes, builder.base)
    number = builder.link(address) if address else -1
    if alt or number >= 0:
        builder.picture(Figure(caption=Inline(title_text(attributes)), alt=alt, link=number))


def _figure(builder: Builder, _: str, __: Attributes) -> Closer:
    builder.push("figure")
    return partial(_end_figure, builder)


def _end_figure(builder: Builder) -> None:
    frame = builder.pop()
    image = next((at for at, block in enumerate(frame.blocks) if isinstance(block, Figure)), -1)
    if image >= 0:
        frame.blocks[image] = _captioned(frame.blocks[image], frame)
    # They were counted as they came.
    builder.frames[-1].blocks.extend(frame.blocks)
    if image < 0:
        words = join([frame.caption, Inline(frame.credit)])
        if words.text:
            builder.add(Paragraph(words, role="small"))


def _captioned(block: object, frame: Frame) -> Figure:
    """The image with caption and credit, its alternative text only where it says more."""
    figure = block if isinstance(block, Figure) else Figure()
    caption = frame.caption if frame.caption.text else figure.caption
    alt = "" if figure.alt and figure.alt.casefold() in caption.text.casefold() else figure.alt
    return replace(figure, caption=caption, credit=frame.credit or figure.credit, alt=alt)


def _caption(builder: Builder, _: str, __: Attributes) -> Closer:
    builder.push("caption")
    return partial(_end_caption, builder)


def _end_caption(builder: Builder) -> None:
    frame = builder.pop()
    place = builder.frames[-1]
    if any(isinstance(block, Figure) for block in frame.blocks):
        place.blocks.extend(frame.blocks)
        return
    frame.caption = flatten(frame.blocks)
    if place.kind == "figure":
        place.caption = join([place.caption, frame.caption])
        place.credit = place.credit or frame.credit
    elif place.blocks and isinstance(before := place.blocks[-1], Figure) and not before.caption.text:
        place.blocks[-1] = _captioned(before, frame)
    elif frame.caption.text:
        builder.add(Paragraph(frame.caption, role="small"))


def _end_credit(builder: Builder) -> None:
    credit = clean_line(flatten(builder.pop().blocks).text, 300)
    place = builder.frames[-1]
    if place.kind in {"figure", "caption"}:
        place.credit = place.credit or credit
    elif place.blocks and isinstance(before := place.blocks[-1], Figure):
        place.blocks[-1] = replace(before, credit=before.credit or credit)


def _frame(builder: Builder, _: str, attributes: Attributes) -> None:
    source = attributes.get("src") or attributes.get("data-src") or attributes.get("data") or ""
    if source in {"", "about:blank"}:
        source = attributes.get("data-src") or ""
    address, known_as = embed_address(source, builder.base)
    if not address or is_tiny(attributes) or is_tracker_pixel(address):
        return
    _add_embed(builder, attributes, known_as, address)


def _add_embed(builder: Builder, attributes: Attributes, known_as: str, address: str) -> None:
    builder.flush()
    if (number := builder.link(address)) >= 0:
        builder.add(Embed(embed_label(attributes, known_as, address), number))


def _media(builder: Builder, _: str, attributes: Attributes) -> Closer:
    # What such an element holds is for browsers that cannot play it.
    frame = builder.push("media")
    frame.address = attributes.get("src") or attributes.get("data-src") or ""

    def close() -> None:
        builder.pop()
        address, known_as = embed_address(frame.address, builder.base)
        if address:
            _add_embed(builder, attributes, known_as, address)

    return close


def _media_source(builder: Builder, _: str, attributes: Attributes) -> None:
    frame = builder.frames[-1]
    if frame.kind == "media":
        frame.address = frame.address or attributes.get("src") or ""


FIGURE_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("iframe", "embed", "object"), _frame),
    **dict.fromkeys(("video", "audio"), _media),
    "figcaption": _caption,
    "figure": _figure,
    "hr": _rule,
    "img": _image,
    "source": _media_source,
}
"""Handlers by element."""
