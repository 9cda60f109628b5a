import type { Bus } from "../ports.ts"

/** One node: Socket.IO's own in-memory adapter, and nobody else to ring for. */
export const createMemoryBus = (): Bus => ({
  kind: "memory",
  attach() {},
  async start() {},
  publish() {},
  tell() {},
  onTold: () => () => {},
  state: () => "ready",
  onGap: () => () => {},
  async close() {},
})
