import { cleanup, render } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { MessageProvider } from "./services.tsx"

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
vi.mock("./outgoing-store.ts", () => ({
  openOutgoingStore: () => ({ list: async () => [] }),
  tabLock: () => async () => {},
  tabNews: () => ({ tell: () => {} }),
}))
vi.mock("./history.ts", () => ({
  createHistory: () => ({ packets: () => told.push("packets"), heads: () => told.push("heads") }),
}))
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
