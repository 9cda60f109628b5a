import { AppError, type Message, type Poll, toPoll } from "@hearth/core"
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { NextIntlClientProvider } from "next-intl"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { poll as texts } from "../../../messages/en/poll.ts"
import { Drawn as PollMessage } from "./poll.tsx"

const { toggle, ask, own, list } = vi.hoisted(() => ({
  toggle: vi.fn(),
  ask: vi.fn(),
  own: { mine: new Set<string>() },
  list: vi.fn(async () => ({ items: [{ id: "5", displayName: "Ngozi" }] })),
}))
vi.mock("../message/services.tsx", () => ({
  useToggle: () => toggle,
  useOwnReactions: ({ reactions }: Message) => ({ reactions, mine: own.mine }),
}))
vi.mock("../message/markdown/markdown.tsx", () => ({ Markdown: ({ content }: { content: string }) => content }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => ask }))
vi.mock("../trpc/client.ts", () => ({ trpc: { reaction: { list: { query: list } } } }))

beforeEach(() => {
  own.mine = new Set()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  vi.clearAllMocks()
})

const message = (more: Partial<Poll> = {}, reactions: Message["reactions"] = {}): Message => ({
  channelId: "7",
  seq: 3,
  id: "70",
  mver: 1,
  version: 1,
  authorId: "2",
  nonce: "n",
  content: toPoll({
    question: "Cake?",
    options: ["Plum", "Poppy"],
    several: false,
    secret: false,
    ended: false,
    ...more,
  }),
  createdAt: Date.now(),
  editedAt: null,
  deleted: false,
  replyTo: null,
  reactions,
})
const draw = (m: Message, mayReact = true) =>
  render(
    <NextIntlClientProvider locale="en" messages={{ poll: texts }}>
      <PollMessage
        message={m}
        context={{
          guildId: "5",
          channelId: "7",
          me: "1",
          highlighted: null,
          canModerate: false,
          mayReact,
          pinned: new Set(),
        }}
      />
    </NextIntlClientProvider>,
  )
const option = (name: RegExp, role = "radio") => screen.getByRole(role, { name })

it("is a group of radios by name, votes and share; one's own is checked, and one is reached by Tab", () => {
  own.mine = new Set(["2️⃣"])
  draw(message({}, { "1️⃣": 3, "2️⃣": 1, "👍": 9 }))
  expect(screen.getByRole("radiogroup", { name: "The options" })).toBeTruthy()
  expect(option(/^Plum, 3 votes, 75%$/).ariaChecked).toBe("false")
  expect(option(/^Poppy, 1 vote, 25%$/).ariaChecked).toBe("true")
  expect(screen.getAllByRole("radio").map((el) => el.tabIndex)).toEqual([-1, 0])
  // One's own vote is not told as one that cannot be had.
  expect(option(/^Poppy/).ariaDisabled).toBeNull()
  fireEvent.click(option(/^Plum/))
  expect(toggle).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ seq: 3 }), "1️⃣", true, expect.any(Function))
  // What is chosen stays so: another press is no second thought.
  fireEvent.click(option(/^Poppy/))
  expect(toggle).toHaveBeenCalledTimes(1)
  fireEvent.click(screen.getByRole("button", { name: "Take back" }))
  expect(toggle).toHaveBeenLastCalledWith(expect.anything(), "2️⃣", false, expect.any(Function))
})

it("where one may choose several it is boxes, which are pressed again to be taken back", () => {
  own.mine = new Set(["1️⃣"])
  draw(message({ several: true }, { "1️⃣": 1 }))
  fireEvent.click(option(/^Plum/, "checkbox"))
  expect(toggle).toHaveBeenCalledExactlyOnceWith(expect.anything(), "1️⃣", false, expect.any(Function))
  expect(screen.queryByRole("button", { name: "Take back" })).toBeNull()
})

it("arrows go from option to option, and on from there through the messages", () => {
  draw(message())
  const [first, last] = [option(/^Plum/), option(/^Poppy/)]
  first.focus()
  expect(fireEvent.keyDown(first, { key: "ArrowDown" })).toBe(false)
  expect(document.activeElement).toBe(last)
  expect(fireEvent.keyDown(last, { key: "ArrowDown" })).toBe(true)
  expect(toggle).not.toHaveBeenCalled()
})

it("says when it ends, and that it has, without anything coming", async () => {
  vi.useFakeTimers()
  draw(message({ hours: 1 }, { "1️⃣": 1 }))
  expect(screen.getByText("· ends in 60 minutes")).toBeTruthy()
  for (let minute = 0; minute < 59; minute++) await act(() => vi.advanceTimersByTimeAsync(60_000))
  expect(screen.getByText("· ends in 1 minute")).toBeTruthy()
  expect(option(/^Plum/).ariaDisabled).toBeNull()
  await act(() => vi.advanceTimersByTimeAsync(60_000))
  expect(screen.getByText("· ended")).toBeTruthy()
})

it("is over when the server says so, whatever this clock says [6.13]", () => {
  const hours = 3_600_000
  toggle.mockImplementation((_message, _emoji, _on, onFailed) => onFailed(new AppError("RATE_LIMITED", "Wait.")))
  draw({ ...message({ hours: 1 }), createdAt: Date.now() - 5 * hours })
  expect(screen.getByText("· ended")).toBeTruthy()
  fireEvent.click(option(/^Plum/))
  expect(option(/^Plum/).ariaDisabled).toBeNull()
  toggle.mockImplementation((_message, _emoji, _on, onFailed) => onFailed(new AppError("POLL_ENDED", "Over.")))
  fireEvent.click(option(/^Plum/))
  expect(option(/^Plum/).ariaDisabled).toBe("true")
  fireEvent.click(option(/^Plum/))
  expect(toggle).toHaveBeenCalledTimes(2)
  cleanup()
  draw(message({ hours: 1 }))
  fireEvent.click(option(/^Plum/))
  expect(screen.getByText("· ended")).toBeTruthy()
  cleanup()
  toggle.mockReset()
  draw(message({ hours: 1, ended: true }))
  fireEvent.click(option(/^Plum/))
  expect(option(/^Plum/).ariaDisabled).toBe("true")
  expect(toggle).not.toHaveBeenCalled()
})

it("who may not vote reads it", () => {
  draw(message({ hours: 168 }), false)
  expect(option(/^Plum/).ariaDisabled).toBe("true")
  expect(screen.getByText("No votes yet")).toBeTruthy()
})

it("tells who voted, and of a secret one asks nobody", async () => {
  vi.useFakeTimers()
  draw(message({}, { "1️⃣": 1 }))
  await act(() => vi.advanceTimersByTimeAsync(5_000))
  expect(document.querySelectorAll(".faces .face")).toHaveLength(1)
  expect(list).toHaveBeenCalledExactlyOnceWith({ channelId: "7", seq: 3, emoji: "1️⃣", limit: 3 })
  fireEvent.click(screen.getByRole("button", { name: "1 vote, Who voted" }))
  expect(ask).toHaveBeenCalledExactlyOnceWith({ kind: "voters", channelId: "7", seq: 3, options: ["Plum", "Poppy"] })
  cleanup()
  list.mockClear()
  draw(message({ secret: true }, { "1️⃣": 1 }))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(list).not.toHaveBeenCalled()
  expect(screen.queryByRole("button", { name: /vote/ })).toBeNull()
  expect(screen.getByText("· secret")).toBeTruthy()
})

it("with many votes asks for no faces", async () => {
  vi.useFakeTimers()
  draw(message({}, { "1️⃣": 400, "2️⃣": 100 }))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(list).not.toHaveBeenCalled()
  expect(option(/^Plum, 400 votes, 80%$/)).toBeTruthy()
})
