import { type Message, toPoll } from "@hearth/core"
import { cleanup, configure, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import "./own-reactions.ts"
import { MessageProvider, useOwnReactions, useToggle } from "./services.tsx"

const { told, client } = vi.hoisted(() => {
  const handlers = new Map<string, ((payload: unknown) => void)[]>()
  const client = {
    request: () => new Promise(() => {}),
    on: (event: string, f: (payload: unknown) => void) => {
      handlers.set(event, [...(handlers.get(event) ?? []), f])
      return () => {}
    },
    onOnline: () => () => {},
    subscribe: () => () => {},
    connection: () => ({ status: "offline" }),
    snapshot: () => null,
    tell: (event: string, payload: unknown) => handlers.get(event)?.forEach((f) => f(payload)),
  }
  return { told: [] as string[], client }
})
vi.mock("../gateway/provider.tsx", () => ({
  useGatewayParts: () => ({ client, viewers: {} }),
  useBootstrap: () => "1",
}))
vi.mock("../trpc/client.ts", () => ({ trpc: {}, toAppError: (error: unknown) => error }))
vi.mock("@hearth/ui", async (actual) => ({ ...(await actual<object>()), useToast: () => ({ complain: () => {} }) }))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => () => "" }))
vi.mock("./outgoing-store.ts", () => ({
  openOutgoingStore: () => ({ list: async () => [] }),
  tabLock: () => async () => {},
  tabNews: () => ({ tell: () => {} }),
}))
vi.mock("./history.ts", () => ({
  createHistory: () => ({
    packets: () => told.push("packets"),
    heads: () => told.push("heads"),
    pull: (channelId: string) => told.push(`pull ${channelId}`) > 0,
    offline: () => {},
  }),
}))
// What is loaded on demand comes late on a machine that others use, too.
configure({ asyncUtilTimeout: 20_000 })
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it("hands packets on before the heads that tell of them, also within a frame", () => {
  vi.stubGlobal("requestAnimationFrame", () => 1)
  render(<MessageProvider>{null}</MessageProvider>)
  client.tell("channel:changed", [{ channelId: "7", items: [] }])
  expect(told).toEqual([])
  client.tell("channel:heads", { heads: [] })
  expect(told).toEqual(["packets", "heads"])
  client.tell("channel:heads", { heads: [] })
  expect(told).toEqual(["packets", "heads", "heads"])
})

it("asks for what is not pushed any more", async () => {
  render(<MessageProvider>{null}</MessageProvider>)
  client.tell("channel:pull", { channelId: "9", everyMs: 1 })
  await vi.waitFor(() => expect(told).toContain("pull 9"), 20_000)
})

const Voting = ({ message }: { message: Message }) => {
  const toggle = useToggle()
  const { mine } = useOwnReactions(message)
  return (
    <button type="button" onClick={() => toggle(message, "1️⃣", true)}>
      {[...mine].join()}
    </button>
  )
}

it("shows the first vote of a poll before anything comes", async () => {
  const poll = { question: "Cake?", options: ["yes", "no"], several: false, secret: false, ended: false }
  const message: Message = {
    channelId: "7",
    seq: 1,
    id: "70",
    mver: 1,
    version: 1,
    authorId: "2",
    nonce: "n",
    content: toPoll(poll),
    createdAt: 0,
    editedAt: null,
    deleted: false,
    replyTo: null,
    reactions: {},
  }
  render(
    <MessageProvider>
      <Voting message={message} />
    </MessageProvider>,
  )
  fireEvent.click(screen.getByRole("button"))
  expect(await screen.findByText("1️⃣")).toBeTruthy()
})
