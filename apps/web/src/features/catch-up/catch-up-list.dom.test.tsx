import type { Bootstrap } from "@hearth/core"
import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { AllCaughtUp, CatchUpList } from "./catch-up-list.tsx"
import type { Entry } from "./entries.ts"

vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({ full: String, clock: String }) }))
vi.mock("../message/services.tsx", () => ({ usePlainText: () => String }))
const held = vi.hoisted(() => ({ threads: [] as { id: string; guildId: string; channelId: string }[] }))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select(held as unknown as Bootstrap),
}))
vi.mock("../presence/use-liveliness.ts", () => ({ useGlow: () => 2 }))
vi.mock("../shell/link.tsx", () => ({
  Link: ({ href, children }: React.ComponentProps<"a">) => <a href={href}>{children}</a>,
}))
vi.mock("../shell/go.ts", () => ({ goTo: () => () => {} }))
vi.mock("../shell/place.ts", () => ({ catchUpPath: (id: string) => `/catch-up/${id}` }))
vi.mock("../shell/room.tsx", () => ({ DrawerButton: () => null }))
vi.mock("../shell/use-list-keys.ts", () => ({ useListKeys: () => ({}) }))
vi.mock("../shell/when.ts", () => ({ useWhen: () => String }))
afterEach(cleanup)

it("draws each channel's server as the rail does: its letters in an arch as warm as the channel", () => {
  const entry = {
    item: { guildId: "1", channelId: "11", asks: 0, why: null, said: null, people: [] },
    channel: { id: "11", name: "general" },
    server: "Kayak club",
    asks: 0,
    unread: 1,
  } as unknown as Entry
  const paged = { items: [entry.item], error: null, hasMore: false, loading: false, more() {}, again() {}, change() {} }
  const state = { asks: [], threads: [], moved: [entry], all: [entry], paged, done: 0, finish() {} }
  render(<CatchUpList state={state} at={undefined} alone={false} />)
  const arch = screen.getByRole("link", { current: undefined, name: /general|row/ }).querySelector(".place")
  expect(arch?.getAttribute("data-glow")).toBe("2")
  expect(arch?.querySelector("[data-letters]")?.getAttribute("data-letters")).toBe("kc")
})

it("says that nothing is left when no thread is unread, either", async () => {
  const paged = { items: [], error: null, hasMore: false, loading: false, more() {}, again() {}, change() {} }
  const state = { asks: [], threads: [], moved: [], all: [], paged, done: 0, finish() {} }
  const drawn = () => (
    <>
      <CatchUpList state={state} at={undefined} alone />
      <AllCaughtUp />
    </>
  )
  const { rerender } = render(drawn())
  expect(screen.getAllByText("empty")).toHaveLength(2)
  held.threads = [{ id: "9", guildId: "1", channelId: "11" }]
  await act(async () => rerender(drawn()))
  expect(screen.queryByText("empty")).toBeNull()
})
