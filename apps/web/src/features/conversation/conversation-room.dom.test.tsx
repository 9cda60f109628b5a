import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { ConversationRoom } from "./conversation-room.tsx"
import type { Talk } from "./use-conversations.ts"

const held = vi.hoisted(() => ({
  ofMany: vi.fn<(input: { userIds: string[] }) => Promise<{ agoMs: Record<string, number> }>>(),
  presence: "offline",
}))
vi.mock("next-intl", () => ({
  useTranslations: () => (key: string, values?: { when?: string }) => (values?.when ? `${key} ${values.when}` : key),
}))
vi.mock("../gateway/index.ts", () => ({ useGatewayEvent: () => {}, usePresence: () => held.presence }))
vi.mock("../message/index.ts", () => ({ Composer: () => null, Timeline: () => null, useMay: () => ({ send: true }) }))
vi.mock("../presence/use-liveliness.ts", () => ({ useGlow: () => undefined }))
vi.mock("../shell/connection-banner.tsx", () => ({ ConnectionBanner: () => null }))
vi.mock("../shell/go.ts", () => ({ goTo: () => () => {} }))
vi.mock("../shell/drawer-button.tsx", () => ({ DrawerButton: () => null }))
vi.mock("../shell/panes-context.ts", () => ({ usePanes: () => ({ people: false, setPeople: () => {} }) }))
vi.mock("../shell/when.ts", () => ({ useWhen: () => () => "then" }))
vi.mock("../trpc/index.ts", () => ({ trpc: { lastActive: { ofMany: { query: held.ofMany } } } }))
vi.mock("./conversation-face.tsx", () => ({ ConversationFace: () => null }))
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const talk = {
  guild: { id: "5" },
  channel: { id: "5", name: "Ada" },
  conversation: { kind: "direct", people: [{ id: "2", displayName: "Ada" }], count: 2, pending: false },
} as unknown as Talk
const room = () => <ConversationRoom talk={talk} covered={false} />

it("asks once when the other one was here, for both places where it is read, and not while they are", async () => {
  held.ofMany.mockResolvedValue({ agoMs: { "2": 60_000 } })
  const { rerender } = render(room())
  await act(() => vi.advanceTimersByTimeAsync(50))
  expect(screen.getAllByText("lastActive then")).toHaveLength(2)
  expect(held.ofMany).toHaveBeenCalledTimes(1)
  held.presence = "online"
  rerender(room())
  await act(() => vi.advanceTimersByTimeAsync(600_000))
  expect(screen.getAllByText("online")).toHaveLength(2)
  expect(held.ofMany).toHaveBeenCalledTimes(1)
})
