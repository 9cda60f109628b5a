import { randomBytes } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { StrangerClient } from "../../e2e/support/gateway-client.ts"
import { sendBare, textFrame } from "../bare-socket.ts"
import { type Fault, nodeUrls, type Stage } from "../stage.ts"

const EVENTS = [
  ["message:send", { channelId: 5, content: null, nonce: [] }],
  ["message:send", { channelId: "1", content: "x".repeat(5000), nonce: "0123456789abcdef" }],
  ["message:send"],
  ["no:such", {}],
  ["__proto__", {}],
  ["constructor", { prototype: {} }],
  ["toString", {}],
  ["error", {}],
  ["disconnect", {}],
  ["connect", {}],
  [5, {}],
  [null],
  [],
  ["channel:resume", { channels: Array.from({ length: 5000 }, () => ({ channelId: "1", span: null, marks: {} })) }],
  ["channel:resume", { channels: [{ channelId: "1", span: { from: -1, to: 1e308 }, marks: { "1e9": -1 } }] }],
  ["read:mark", { channelId: "1", seq: Number.MAX_SAFE_INTEGER }],
]
const PROTO = '["message:send",{"__proto__":{"ok":true},"channelId":"1","content":"x","nonce":"0123456789abcdef"}]'

const nested = (depth: number) => `42["message:send",${"[".repeat(depth)}${"]".repeat(depth)}]`

/** Whole text frames, after a proper handshake. */
const TEXTS = [
  ...EVENTS.flatMap((event) => [`42${JSON.stringify(event)}`, `421${JSON.stringify(event)}`]),
  `42${PROTO}`,
  `422${PROTO}`,
  nested(10_000),
  "42",
  "42[",
  "42{}",
  '42"x"',
  "43999[]",
  "439999999999999999999999[]",
  "451-[",
  '451-["message:send",{"_placeholder":true,"num":99}]',
  "4".repeat(60_000),
  "9",
  "",
  "40/admin,{}",
  "41",
]

/** Frames that no WebSocket library would send. */
const FRAMES: Buffer[] = [
  // Too large.
  textFrame(Buffer.alloc(1_000_000, "4")),
  textFrame(Buffer.alloc(16_000_000, "4")),
  // No UTF-8.
  textFrame(Buffer.from([0x34, 0x32, 0xff, 0xfe, 0xc0, 0x80])),
  // Cut short.
  textFrame(Buffer.from('42["message:send",{"channelId":"1"}]')).subarray(0, 12),
  // With reserved bits.
  Buffer.from([0xf1, 0x80, 1, 2, 3, 4]),
  // Not masked.
  Buffer.from([0x81, 0x01, 0x32]),
  // A ping of 64 KB.
  Buffer.concat([Buffer.from([0x89, 0xfe, 0xff, 0xff]), randomBytes(65_539)]),
  // Noise.
  randomBytes(4096),
]

const QUIET_MS = 300

/** Four at a time, one node after the other, all of them at least once: whatever becomes of the connections, the nodes go on. */
const attack = async (stage: Stage, it: Attack): Promise<void> => {
  const { signal } = it.over
  const api = stage.strangers[0]?.options.account.api
  if (!api) throw new Error("there is no stranger")
  const targets = nodeUrls(stage).flatMap((url) => [
    ...FRAMES.map((bytes) => async () => {
      if (await sendBare(url, bytes)) it.cutOff++
    }),
    ...TEXTS.map((text) => async () => {
      const client = await StrangerClient.connect(api, { at: url })
      const end = client.event("close")
      await Promise.race([client.event("gateway:ready"), end])
      client.raw(text)
      await Promise.race([end, delay(QUIET_MS)])
      client.close()
    }),
  ])
  let next = 0
  const lane = async () => {
    for (; !signal.aborted || next < targets.length; next++) await targets[next % targets.length]?.()
  }
  await Promise.all(Array.from({ length: 4 }, lane))
}

interface Attack {
  over: AbortController
  done?: Promise<void>
  /** How many connections a node ended for what came on them. */
  cutOff: number
  died: string[]
}
const attacks = new WeakMap<Stage, Attack>()

export const hostile: Fault = {
  name: "hostile",
  modes: ["embedded", "cluster"],
  about: "frames of 1 and 16 MB, broken, nested, unknown and of wrong types",
  hit(stage) {
    const it: Attack = { over: new AbortController(), cutOff: 0, died: [] }
    for (const { name, program } of stage.deployment.nodes)
      void program.ended().then(() => it.over.signal.aborted || it.died.push(name))
    it.done = attack(stage, it)
    it.done.catch(() => {})
    attacks.set(stage, it)
  },
  seen: (stage) => (attacks.get(stage)?.cutOff ?? 0) > 0,
  async heal(stage) {
    const it = attacks.get(stage)
    it?.over.abort()
    await it?.done
  },
  verify(stage) {
    const died = attacks.get(stage)?.died ?? []
    if (died.length > 0) throw new Error(`${died.join(" and ")} ended under hostile frames`)
  },
}
