import { act, cleanup, configure, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { CatchUp } from "./catch-up.tsx"
import type { Entry } from "./entries.ts"

const { state } = vi.hoisted(() => ({ state: { all: [] as Entry[], paged: {}, finish: vi.fn() } }))
vi.mock("./use-catch-up.ts", () => ({ useCatchUp: () => state }))
vi.mock("./catch-up-list.tsx", () => ({ AllCaughtUp: () => null, CatchUpList: () => null }))
vi.mock("./catch-up-room.tsx", () => ({
  CatchUpRoom: ({ entry }: { entry: Entry }) => <main id="room" aria-label={entry.channel.id} tabIndex={-1} />,
}))
vi.mock("./mentions-room.tsx", () => ({ MentionsRoom: () => <main id="room" aria-label="mentions" tabIndex={-1} /> }))
vi.mock("../message/services.tsx", () => ({ useServices: () => ({ drafts: {} }) }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../shell/escape.ts", () => ({ useEscape: () => {}, isCovered: () => false }))
vi.mock("../shell/width.ts", () => ({ useNarrow: () => false }))
// What is loaded on demand comes late on a machine that others use, too.
configure({ asyncUtilTimeout: 20_000 })
afterEach(cleanup)

const entry = (id: string, more = {}) => ({ channel: { id }, item: { channelId: "7", ...more } }) as unknown as Entry
const open = () => screen.getByRole("main").getAttribute("aria-label")

it("keeps the thread open in which one answers, and which is read by that, until one goes on", async () => {
  const thread = entry("9", { thread: { id: "9" } })
  const [first, last] = [entry("1"), entry("2")]
  state.all = [first, thread, last]
  const { rerender } = render(<CatchUp channelId="9" />)
  await screen.findByRole("main", { name: "9" })
  state.all = [first, last]
  rerender(<CatchUp channelId="9" />)
  expect(open()).toBe("9")
  await act(async () => fireEvent.keyDown(document.body, { key: "e" }))
  expect(state.finish.mock.lastCall).toEqual([thread])
  expect(window.location.pathname).toBe("/catch-up/1")
  rerender(<CatchUp channelId="1" />)
  expect(open()).toBe("1")
  rerender(<CatchUp channelId="9" />)
  expect(open()).toBe("1")
})

it("shows the mentions by their address, beside the list, and no entry takes their place", async () => {
  window.history.replaceState(null, "", "/catch-up/mentions")
  state.all = [entry("1")]
  render(<CatchUp channelId="mentions" />)
  await screen.findByRole("main", { name: "mentions" })
  expect(window.location.pathname).toBe("/catch-up/mentions")
  await act(async () => fireEvent.keyDown(document.body, { key: "j" }))
  expect(window.location.pathname).toBe("/catch-up/1")
})
