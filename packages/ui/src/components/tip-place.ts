export type TipSide = "top" | "right" | "bottom" | "left"

const GAP = 8
const EDGE = 4

interface Size {
  width: number
  height: number
}

const opposite: Record<TipSide, TipSide> = { top: "bottom", bottom: "top", left: "right", right: "left" }

/** Where a tip stands beside a thing: on its side, on the other one when there is no room, and never outside the window. */
export const tipPlace = (
  of: Pick<DOMRect, "left" | "top" | "right" | "bottom">,
  tip: Size,
  wanted: TipSide | undefined,
  view: Size,
): { left: number; top: number } => {
  const room: Record<TipSide, number> = {
    top: of.top - tip.height,
    bottom: view.height - of.bottom - tip.height,
    left: of.left - tip.width,
    right: view.width - of.right - tip.width,
  }
  const first = wanted ?? "top"
  const side = room[first] < GAP + EDGE && room[opposite[first]] > room[first] ? opposite[first] : first
  const middle = { left: (of.left + of.right - tip.width) / 2, top: (of.top + of.bottom - tip.height) / 2 }
  const place = {
    top: { left: middle.left, top: of.top - tip.height - GAP },
    bottom: { left: middle.left, top: of.bottom + GAP },
    left: { left: of.left - tip.width - GAP, top: middle.top },
    right: { left: of.right + GAP, top: middle.top },
  }[side]
  const within = (at: number, size: number, whole: number) => Math.max(EDGE, Math.min(at, whole - size - EDGE))
  return {
    left: Math.round(within(place.left, tip.width, view.width)),
    top: Math.round(within(place.top, tip.height, view.height)),
  }
}
