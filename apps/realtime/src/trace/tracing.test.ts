import { AppError } from "@hearth/core"
import { expect, it } from "vitest"
import type { Connection } from "../connection.ts"
import type { FeatureContext } from "../gateway.ts"
import { silentLogger } from "../logger.ts"
import type { Forward } from "../ports.ts"
import { createTracing, traceCommands } from "./tracing.ts"
import { createTrail } from "./trail.ts"

const node = (id: string) => ({ id, epoch: "e", address: `http://${id}` })
const body = { channelId: "7", seq: 1 }
const trailWith = (at: number) => {
  const trail = createTrail({ clock: () => at })
  trail.accepted("7", 1, { ms: at, again: false })
  return trail
}

const ask = (options: { isAdmin?: boolean; healthy?: boolean; forward: Forward; nodes: string[] }) => {
  const { isAdmin = true, healthy = true, forward, nodes } = options
  const db = { select: () => ({ from: () => ({ where: async () => [{ is: isAdmin }] }) }) }
  const context = { nodeId: "a", db, log: silentLogger() } as unknown as FeatureContext
  const registration = { nodes: () => nodes.map(node), healthy: () => healthy }
  const { handlers } = createTracing({ trail: trailWith(5), registration, forward })(context)
  return handlers["message:trace"]?.(body, { userId: "1" } as Connection)
}

it("names a node that does not answer, or answers in a way that is not known, and tells what the others do", async () => {
  const forward = (async ({ id }, command) => {
    if (id === "silent") throw new Error("no answer in time")
    if (id === "odd") return { steps: "many" }
    return traceCommands(trailWith(9))[command.kind]?.(command.body)
  }) as Forward
  const reply = await ask({ forward, nodes: ["a", "b", "silent", "odd"] })
  expect(reply).toEqual({
    all: true,
    nodes: [
      { nodeId: "a", ok: true, since: 5, steps: [{ kind: "accepted", at: 5, ms: 5 }] },
      { nodeId: "b", ok: true, since: 9, steps: [{ kind: "accepted", at: 9, ms: 9 }] },
      { nodeId: "silent", ok: false, since: null, steps: [] },
      { nodeId: "odd", ok: false, since: null, steps: [] },
    ],
  })
})

it("does not claim that all nodes were asked when it cannot know them", async () => {
  const nobody: Forward = () => Promise.reject(new Error("nobody is asked"))
  expect(await ask({ forward: nobody, nodes: ["a"], healthy: false })).toMatchObject({ all: false })
  expect(await ask({ forward: nobody, nodes: [] })).toMatchObject({ all: true, nodes: [{ nodeId: "a" }] })
  const many = Array.from({ length: 70 }, (_, i) => `n${i}`)
  const reply = await ask({ forward: nobody, nodes: many })
  expect(reply).toMatchObject({ all: false })
  expect(reply?.nodes).toHaveLength(65)
})

it("asks nobody for who is no administrator", async () => {
  let asked = 0
  const forward = (async () => asked++) as unknown as Forward
  const refused = ask({ forward, nodes: ["a", "b"], isAdmin: false })
  await expect(refused).rejects.toBeInstanceOf(AppError)
  expect(asked).toBe(0)
})
