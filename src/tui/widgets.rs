//! Widgets: values that become rows of a page or lines on the canvas. They hold no state and change nothing.

pub(super) mod bars;
pub(super) mod card;
pub(super) mod footer;
pub(super) mod header;
pub(super) mod tabs;
