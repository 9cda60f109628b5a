import { act, cleanup, fireEvent, render } from "@testing-library/react"
import { useLayoutEffect } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { ChannelState } from "./history.ts"
import type { Row } from "./rows.ts"
import { usePlace } from "./use-place.ts"

const { history } = vi.hoisted(() => ({ history: { setAnchor: () => {}, toPresent: () => {} } }))
vi.mock("./services.tsx", () => ({ useServices: () => ({ history }) }))
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    disconnect() {}
  },
)
afterEach(cleanup)

const HEIGHT = 700
let size: { top: number; height: number }
let place: ReturnType<typeof usePlace>

const state = {
  view: { live: true, span: { from: 1, to: 9 } },
  ...{ detached: false, older: "idle", newer: "idle" },
} as unknown as ChannelState

const Log = ({
  empty = false,
  shift = false,
  rows = [],
  onDrawn,
}: {
  empty?: boolean
  shift?: boolean
  rows?: readonly Row[]
  onDrawn: (drawn: ReturnType<typeof usePlace>) => void
}) => {
  const given = {
    channelId: "1",
    seq: undefined,
    state,
    rows,
    shift,
    few: false,
    wantsMiddle: false,
    comesNew: false,
    empty,
  }
  const { scroller, ...rest } = usePlace(given)
  useLayoutEffect(() => onDrawn({ scroller, ...rest }))
  return empty ? null : <div ref={scroller} role="log" />
}
const look = (top: number, height = size.height) => {
  size = { top, height }
  act(() => place.look())
}
const onDrawn = (drawn: ReturnType<typeof usePlace>) => void (place = drawn)
let log: HTMLElement
let draw: (empty: boolean) => void
let grow: (rows: readonly Row[], shift: boolean) => void
beforeEach(() => {
  size = { top: 1190, height: 1890 }
  const drawn = render(<Log onDrawn={onDrawn} />)
  log = drawn.getByRole("log")
  draw = (empty) => drawn.rerender(<Log empty={empty} onDrawn={onDrawn} />)
  grow = (rows, shift) => drawn.rerender(<Log rows={rows} shift={shift} onDrawn={onDrawn} />)
  place.list.current = { findItemIndex: () => 0 } as unknown as typeof place.list.current
  Object.defineProperties(log, {
    clientHeight: { get: () => HEIGHT },
    scrollHeight: { get: () => size.height },
    scrollTop: {
      get: () => size.top,
      set: (top: number) => {
        size.top = Math.min(top, size.height - HEIGHT)
      },
    },
  })
  look(1190)
})

it("stays at the bottom when rows turn out smaller while a page comes above them, in one step of the list", () => {
  look(740, 2715)
  expect(place.isStuck()).toBe(true)
  act(() => place.keepAtBottom())
  expect(size.top).toBe(2715 - HEIGHT)
})

it("takes nothing for the reader's that nobody touched, also in the first second of a page", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(300)
  look(1100, 1900)
  expect(place.isStuck()).toBe(true)
  now.mockRestore()
})

it("leaves the bottom with the reader: by a finger or a wheel however little, by a leap of any other kind", () => {
  fireEvent.wheel(log)
  look(1150)
  expect(place.isStuck()).toBe(false)
  look(1190)
  expect(place.isStuck()).toBe(true)
})

it("takes a leap that no growth explains for the reader's", () => {
  look(300)
  expect(place.isStuck()).toBe(false)
  act(() => place.keepAtBottom())
  expect(size.top).toBe(300)
})

it("has come to the end of a channel of which nothing is left, also from further up", () => {
  look(300)
  expect([place.atBottom, place.isStuck()]).toEqual([false, false])
  draw(true)
  expect([place.atBottom, place.isStuck()]).toEqual([true, true])
})

it("lets no scroll of before come to rest while rows that came above have no sizes yet", async () => {
  const heard = vi.fn()
  await act(async () => log.addEventListener("scroll", heard))
  const message = (seq: number) =>
    ({ kind: "message", key: `${seq}`, newSince: null, message: { seq } }) as unknown as Row
  await act(async () => grow([message(9)], false))
  expect(heard).not.toHaveBeenCalled()
  await act(async () => grow([message(8), message(9)], true))
  expect(heard).toHaveBeenCalledTimes(1)
  await act(async () => grow([message(8), message(9), message(10)], false))
  expect(heard).toHaveBeenCalledTimes(1)
})
