import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { linesOf } from "./member-lines.ts"
import { PeopleList } from "./people-list.tsx"

const HEIGHTS = { group: 30, member: 40 }
const WINDOW = 400
let top = 0

beforeEach(() => {
  top = 0
  vi.useFakeTimers()
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    const height = this.className === "group" ? HEIGHTS.group : this.className === "person" ? HEIGHTS.member : 0
    return { height } as DOMRect
  })
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(WINDOW)
  vi.spyOn(HTMLElement.prototype, "scrollTop", "get").mockImplementation(() => top)
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const lines = linesOf([{ key: "online", count: 1000 }], 1000)
const show = () =>
  render(
    <PeopleList
      lines={lines}
      label="people"
      held={-1}
      line={(at) => <div key={at} role="listitem">{`${at}`}</div>}
      onDraw={() => {}}
      onKeyDown={() => {}}
    />,
  )
const drawn = () => {
  const all = screen.getAllByRole("listitem").map((line) => Number(line.textContent))
  return [all[0], all.at(-1)]
}
const scrollTo = (to: number) => {
  top = to
  fireEvent.scroll(screen.getByRole("list"))
}
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms))

it("draws what is in sight and little more, and the rest once one has looked around for a moment", () => {
  show()
  // The group's name, and nine members and a part of one.
  expect(drawn()).toEqual([0, 12])
  pass(150)
  expect(drawn()).toEqual([0, 22])
})

it("draws as little for who leaps through it, however often, and never nothing", () => {
  show()
  pass(150)
  for (const at of [20_030, 4_030, 32_030]) {
    scrollTo(at)
    const first = 1 + (at - HEIGHTS.group) / HEIGHTS.member
    expect(drawn()).toEqual([first - 2, first + 12])
    pass(140)
    expect(drawn()).toEqual([first - 2, first + 12])
  }
  pass(10)
  expect(drawn()).toEqual([801 - 12, 801 + 22])
})

it("draws ahead of who scrolls, also while they have not rested from a leap", () => {
  show()
  pass(150)
  scrollTo(20_030)
  expect(drawn()).toEqual([499, 513])
  // Within what is drawn nothing is drawn anew; beyond it, all at once.
  scrollTo(20_030 + 80)
  expect(drawn()).toEqual([499, 513])
  scrollTo(20_030 + 160)
  expect(drawn()).toEqual([505 - 12, 505 + 22])
})
