import type { Snowflake } from "@hearth/core"
import {
  type RefObject,
  startTransition,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react"
import type { VirtualizerHandle } from "virtua"
import type { ChannelState } from "./history.ts"
import type { Row } from "./rows.ts"
import { useServices } from "./services.tsx"

/** Nearer to the bottom than this is at the bottom. */
const BOTTOM_PX = 32
/** How long after a key, a wheel or a finger a movement is the reader's. */
const TOUCH_MS = 1000
const LEAP_PX = 200
/** Pages are asked for before the reader gets there. */
const AHEAD_PX = 1200
/** Rows beyond the screen that are drawn: with the first frame, and once that is there. */
const BUFFER_PX = { first: 100, later: 800 }
export const LATER_MS = 250

const TOUCHES = ["wheel", "touchmove", "pointerdown", "pointermove", "keydown"]

const tellOfScroll = (scroller: RefObject<HTMLElement | null>): void =>
  queueMicrotask(() => scroller.current?.dispatchEvent(new Event("scroll")))

interface Given {
  channelId: Snowflake
  seq: number | undefined
  state: ChannelState
  rows: readonly Row[]
  /** They have just come above what was there. */
  shift: boolean
  /** Not all that are loaded. */
  few: boolean
  /** What one came for is further up: a message, or where new begins. */
  wantsMiddle: boolean
  /** Something is unread, and begins right after what is loaded, or within it. */
  comesNew: boolean
  /** Nothing is drawn that could scroll. */
  empty: boolean
}

/** Where in a log the reader is: brought there once, kept there whatever grows, and followed, so that pages come ahead. */
export const usePlace = ({ channelId, seq, state, rows, shift, few, wantsMiddle, comesNew, empty }: Given) => {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const { history } = useServices()
  const { detached, older, newer } = state
  const { live, span } = state.view
  const hasOlder = span !== null && span.from > 1
  // Null until it is known.
  const [atBottom, setAtBottom] = useState<boolean | null>(null)
  const stuck = useRef(true)

  const toBottom = useCallback(() => {
    const el = scroller.current
    if (el) el.scrollTop = el.scrollHeight
  }, [])

  const last = useRef({ top: 0, height: 0 })
  const touchedAt = useRef(Number.NEGATIVE_INFINITY)

  // Once, when the first rows are there: at the linked message, at what is new, or at the bottom. And once more, as long as the
  // reader has not moved, when new begins in what a channel that was open before had still to hear of.
  const placed = useRef<string | null>(null)
  const mayCome = useRef(comesNew)
  useLayoutEffect(() => {
    const place = `${seq ?? ""}`
    if (mayCome.current && touchedAt.current < 0 && placed.current === "" && rows.some((r) => r.newSince !== null))
      placed.current = null
    if (placed.current === place || rows.length === 0) return
    const index =
      seq !== undefined
        ? rows.findIndex((r) => r.kind === "message" && r.message.seq >= seq)
        : placed.current === null
          ? rows.findIndex((r) => r.newSince !== null)
          : -1
    placed.current = place
    if (index >= 0) {
      mayCome.current = false
      stuck.current = seq === undefined && index >= rows.length - 3
      if (stuck.current) toBottom()
      else {
        setAtBottom(null)
        list.current?.scrollToIndex(index + 1, { align: seq === undefined ? "start" : "center" })
      }
    } else if (stuck.current) toBottom()
  }, [rows, seq, toBottom])

  // The list hears of a scroll a frame later, and would draw the rows of its top for that one.
  useLayoutEffect(() => tellOfScroll(scroller), [])
  // It keeps the distance from the end until scrolling rests, and rows that came above have their sizes a frame from now: a scroll of
  // before must not come to rest in between, or what is read leaps by as much as they are not what was guessed.
  useLayoutEffect(() => {
    if (shift) tellOfScroll(scroller)
  }, [rows, shift])
  // Where one comes to the middle of a log, what is above has to be measured before it rests.
  const [buffer, setBuffer] = useState(wantsMiddle ? BUFFER_PX.later : BUFFER_PX.first)
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setBuffer(BUFFER_PX.later)), LATER_MS)
    return () => clearTimeout(timer)
  }, [])

  // At the bottom means: stay there, whatever grows. Observers hear of it in the frame of its layout, so that nobody has to ask for
  // one before; and the list itself in the frame in which rows are measured.
  const keepAtBottom = () => {
    if (stuck.current && !detached) toBottom()
  }
  const keepNow = useEffectEvent(keepAtBottom)
  useEffect(() => {
    const el = scroller.current
    if (!el) return
    const observer = new ResizeObserver(() => keepNow())
    observer.observe(el)
    for (const child of el.children) observer.observe(child)
    return () => observer.disconnect()
    // An empty channel has nothing to scroll: it comes with the first message.
  }, [empty])

  useEffect(() => {
    const el = scroller.current
    if (!el) return
    const touched = (event: Event) => {
      if (event instanceof PointerEvent && event.type === "pointermove" && event.buttons === 0) return
      touchedAt.current = performance.now()
    }
    for (const kind of TOUCHES) el.addEventListener(kind, touched, { passive: true })
    return () => {
      for (const kind of TOUCHES) el.removeEventListener(kind, touched)
    }
  }, [empty])

  const look = () => {
    const el = scroller.current
    const handle = list.current
    if (!el || !handle) return
    const below = el.scrollHeight - el.scrollTop - el.clientHeight
    const up = last.current.top - el.scrollTop
    const grown = Math.abs(el.scrollHeight - last.current.height)
    last.current = { top: el.scrollTop, height: el.scrollHeight }
    // Rows that are measured, and pages that come above, move the offset, too: only the reader leaves the bottom.
    const byReader = up > LEAP_PX + grown || (up > 0 && performance.now() - touchedAt.current < TOUCH_MS)
    if (below < BOTTOM_PX && live) stuck.current = true
    else if (byReader || !live) stuck.current = false
    setAtBottom(stuck.current)
    const top = rows[Math.max(0, handle.findItemIndex(el.scrollTop) - 1)]
    history.setAnchor(channelId, stuck.current || top?.kind !== "message" ? null : top.message.seq)
    if (few || older === "loading" || newer === "loading") return
    if (el.scrollTop < AHEAD_PX && hasOlder && older === "idle") history.loadOlder(channelId)
    else if (below < AHEAD_PX && !live && newer === "idle") history.loadNewer(channelId)
  }
  const lookNow = useEffectEvent(look)
  useEffect(() => {
    // After a page the reader may still be near its end; so may one whose screen it does not fill.
    const frame = requestAnimationFrame(() => lookNow())
    return () => cancelAnimationFrame(frame)
  }, [rows, older, newer, live])

  const toPresent = () => {
    stuck.current = true
    setAtBottom(true)
    history.toPresent(channelId)
    toBottom()
    requestAnimationFrame(toBottom)
  }

  // Whoever sees that nothing is left has seen all of it, wherever they were when the last of it was deleted.
  useLayoutEffect(() => {
    if (empty) stuck.current = true
  }, [empty])

  const isStuck = useCallback(() => stuck.current, [])
  return { scroller, list, atBottom: empty || atBottom, buffer, look, keepAtBottom, toPresent, isStuck }
}
