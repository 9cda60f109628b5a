/** Nearer to the edge than this a finger pulls the drawer out. */
export const EDGE_PX = 32
/** Until it has moved this far, nobody knows what a finger is up to. */
const SLOP_PX = 10
/** Faster than this it is thrown, however far it came. */
const THROW_PX_PER_MS = 0.4

export interface Finger {
  /** From the edge where lines begin. */
  x: number
  y: number
  /** ms */
  at: number
}
export interface Swipe {
  /** Whether the drawer was open when the finger came down. */
  open: boolean
  width: number
  start: Finger
  last: Finger
  /** px a ms, onward. */
  speed: number
  /** Sideways: ours. Otherwise it scrolls, or presses something, and is left alone. */
  ours: boolean | null
}

/** A finger came down. Null: not where a swipe begins. */
export const begin = (open: boolean, width: number, finger: Finger): Swipe | null =>
  open || finger.x <= EDGE_PX ? { open, width, start: finger, last: finger, speed: 0, ours: null } : null

export const move = (swipe: Swipe, finger: Finger): Swipe => {
  const dx = finger.x - swipe.start.x
  const dy = finger.y - swipe.start.y
  const decided =
    swipe.ours ?? (Math.hypot(dx, dy) < SLOP_PX ? null : Math.abs(dx) > Math.abs(dy) && dx > 0 !== swipe.open)
  const ms = Math.max(1, finger.at - swipe.last.at)
  return { ...swipe, last: finger, ours: decided, speed: (finger.x - swipe.last.x) / ms }
}

/** How far the drawer is out, in px. */
export const pulled = ({ open, width, start, last }: Swipe): number =>
  Math.min(width, Math.max(0, (open ? width : 0) + last.x - start.x))

/** Whether the drawer is open after the finger has left. */
export const settles = (swipe: Swipe): boolean => {
  if (!swipe.ours) return swipe.open
  if (Math.abs(swipe.speed) > THROW_PX_PER_MS) return swipe.speed > 0
  return pulled(swipe) > swipe.width / 2
}
