import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { AppError } from "@hearth/core"
import { waitUntil } from "@hearth/testing"
import type { Member } from "../member.ts"
import { addMember, type Fault, first, nodeUrls, type Stage } from "../stage.ts"

interface Twins {
  devices: Member[]
  sent: { channelId: string; nonce: string; body: string }[]
}
const twins = new WeakMap<Stage, Twins>()

/** Both at once; the history holds every id that came back. */
const sendOnBoth = async ({ devices }: Twins, { channelId, nonce, body }: Twins["sent"][number]): Promise<void> => {
  await Promise.all(devices.map((device) => device.send(channelId, nonce, body)))
}
const sendAgain = async (both: Twins): Promise<void> => {
  for (const message of both.sent) await sendOnBoth(both, message)
}
const MESSAGES = 40

/** Somebody who writes nothing else sends each message from two devices, on two nodes where there are two. */
export const sameNonce: Fault = {
  name: "same-nonce",
  modes: ["embedded", "cluster"],
  about: "one nonce on two nodes at once, again later, and again after a node was killed and started",
  async prepare(stage) {
    const author = stage.writers.pop()
    if (!author) throw new Error("nobody is there to write")
    const { account, first } = author.options
    const twin = addMember(stage, { account, first: first + 1, nodes: () => nodeUrls(stage) })
    stage.members.push(twin)
    twins.set(stage, { devices: [author, twin], sent: [] })
    await waitUntil("the second device to have come", () => twin.connected, 30_000)
  },
  async hit(stage) {
    const both = twins.get(stage)
    if (!both) return
    for (let i = 0; i < MESSAGES; i++) {
      const channelId = stage.place.channels[i % stage.place.channels.length] ?? ""
      const message = { channelId, nonce: randomUUID(), body: `written once, ${i}` }
      both.sent.push(message)
      await sendOnBoth(both, message)
    }
    await first(stage).program.kill()
    await first(stage).program.start()
  },
  seen: (stage) => (twins.get(stage)?.sent.length ?? 0) > MESSAGES / 2,
  async heal(stage) {
    const both = twins.get(stage)
    if (both) await sendAgain(both)
  },
  async verify(stage) {
    const both = twins.get(stage)
    const [message] = both?.sent ?? []
    const [device] = both?.devices ?? []
    if (!message || !device) throw new Error("no nonce was used")
    const answer = await device.now("message:send", { ...message, content: "something else" }).then(
      () => "an ack",
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    )
    if (answer !== "CONFLICT") throw new Error(`the same nonce with another body was answered with ${answer}`)
  },
}

const AGES_MS = [2_000, 10_000, 30_000, 70_000]

/** Days are for the tests of `packages/db`, which move the clock. */
export const oldNonce: Fault = {
  name: "old-nonce",
  modes: ["embedded", "cluster"],
  about:
    "one nonce again after seconds and after a minute, after Redis came back empty, after all nodes were started again",
  atLeastMs: 75_000,
  prepare: sameNonce.prepare,
  async hit(stage) {
    const both = twins.get(stage)
    if (!both) return
    const began = performance.now()
    for (let i = 0; i < MESSAGES; i++) {
      const channelId = stage.place.channels[i % stage.place.channels.length] ?? ""
      const message = { channelId, nonce: randomUUID(), body: `written once, long ago, ${i}` }
      both.sent.push(message)
      await sendOnBoth(both, message)
    }
    for (const age of AGES_MS) {
      await delay(Math.max(0, began + age - performance.now()))
      await sendAgain(both)
    }
    const { redis, nodes } = stage.deployment
    await redis?.kill()
    await redis?.start()
    await sendAgain(both)
    for (const { program } of nodes) {
      await program.kill()
      await program.start()
    }
    await sendAgain(both)
    aged.add(stage)
  },
  seen: (stage) => aged.has(stage),
  verify: sameNonce.verify,
}
const aged = new WeakSet<Stage>()
