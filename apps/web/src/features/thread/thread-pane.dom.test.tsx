import type { Channel, GuildSnapshot } from "@hearth/core"
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { AddressProvider, useAddress } from "../shell/address-provider.tsx"
import { goTo } from "../shell/go.ts"
import { Room } from "../shell/room.tsx"
import { ThreadPane } from "./thread-pane.tsx"

vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("next/navigation", () => ({ usePathname: () => "/s/1/7" }))
vi.mock("@hearth/ui", async (actual) => ({
  ...(await actual<object>()),
  Menu: ({ trigger }: { trigger: React.ReactNode }) => trigger,
  IconButton: ({ label, onClick }: { label: string; onClick: () => void }) => (
    <button onClick={onClick}>{label}</button>
  ),
}))
vi.mock("../first/first-steps.tsx", () => ({}))
vi.mock("../first/use-first-steps.ts", () => ({ useFirstSteps: () => null }))
vi.mock("../first/just-joined.ts", () => ({ isGreetedIn: () => false }))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: object) => unknown) => select({ me: { id: "2" } }),
}))
vi.mock("../presence/use-liveliness.ts", () => ({ useGlow: () => 0, useViewers: () => undefined }))
vi.mock("../shell/connection-banner.tsx", () => ({ ConnectionBanner: () => null }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../shell/panes-context.ts", () => ({ usePanes: () => ({}) }))
vi.mock("../shell/width.ts", () => ({ useNarrow: () => true }))
vi.mock("../message/index.ts", () => ({
  Timeline: () => <a href="https://hearth.test/s/1/7/t/70">1 reply</a>,
  Composer: () => <textarea />,
}))
vi.mock("../message/timeline-states.tsx", () => ({ Bones: () => null }))
vi.mock("./following.tsx", () => ({}))
vi.mock("./root.tsx", () => ({}))
vi.mock("./use-thread.ts", () => ({ useThread: () => ({ thread: null, error: null, again: () => {} }) }))

const channel = { id: "7", guildId: "1", name: "general", topic: "" } as Channel
const guild = { guild: { id: "1" } } as GuildSnapshot
const Page = () => {
  const { thread } = useAddress()
  return (
    <>
      <Room guild={guild} channel={channel} covered={thread !== undefined} />
      {thread && <ThreadPane channel={channel} threadId={thread.id} seq={undefined} />}
    </>
  )
}
const canBeReached = (element: Element) => !element.closest("[inert]")

beforeEach(() => {
  window.history.replaceState(null, "", "/s/1/7")
  render(
    <AddressProvider>
      <Page />
    </AddressProvider>,
  )
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

it("nobody gets into the room that a thread covers, and the page still has its main part and a heading", () => {
  const inRoom = [...screen.getByRole("main").querySelectorAll("a, button, textarea")]
  expect(inRoom.length).toBeGreaterThan(4)
  expect(inRoom.every(canBeReached)).toBe(true)
  act(() => goTo("/s/1/7/t/70")())
  expect(inRoom.some(canBeReached)).toBe(false)
  expect(canBeReached(screen.getByRole("main"))).toBe(true)
  expect(screen.getAllByRole("heading", { level: 1 }).filter(canBeReached)).toHaveLength(1)
})

it("whoever closes it is on its line, which can have the keyboard by then", () => {
  act(() => goTo("/s/1/7/t/70")())
  const line = screen.getByRole("link", { name: "1 reply" })
  let reached = false
  vi.spyOn(line, "focus").mockImplementation(() => {
    reached = canBeReached(line)
  })
  fireEvent.click(screen.getByRole("button", { name: "close" }))
  expect(reached).toBe(true)
})
