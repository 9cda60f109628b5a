import {
  applyChanges,
  applyPacket,
  type ChannelView,
  emptyView,
  mergePage,
  type Message,
  type Packet,
  resumeFrom,
} from "@hearth/core"
import fc from "fast-check"
import { expect, test } from "vitest"
import type { MessageStore } from "../port.ts"
import { alice, appendAll, type Bed, bob, drafts, readAll } from "./bed.ts"

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("append" as const), n: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("change" as const), back: fc.nat(30), kind: fc.nat(2) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("deliver" as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("lose" as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("repeat" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("older" as const), during: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("resume" as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** A client whose packets come late, twice, in any order or never, and the log that it follows. */
class Follower {
  readonly #store: MessageStore
  readonly #channel: string
  #view: ChannelView
  #flying: Packet[] = []
  #last: Packet | undefined
  #count = 0

  constructor(store: MessageStore, channel: string) {
    this.#store = store
    this.#channel = channel
    this.#view = emptyView(channel)
  }

  async open() {
    this.#view = mergePage(this.#view, await this.#store.page(this.#channel, {}, 20))
  }

  async take(s: Step): Promise<void> {
    if (s.do === "append") {
      const { packet } = await this.#store.append(this.#channel, drafts(s.n))
      if (packet) this.#flying.push(packet)
    } else if (s.do === "change") await this.#change(s.back, s.kind)
    else if (s.do === "deliver") this.#deliver(s.which)
    else if (s.do === "lose") this.#flying.splice(s.which % Math.max(1, this.#flying.length), 1)
    else if (s.do === "repeat" && this.#last) this.#view = applyPacket(this.#view, this.#last)
    else if (s.do === "older") await this.#older(s.during)
    else if (s.do === "resume") await this.resume()
  }

  async #change(back: number, kind: number) {
    const { head } = await this.#store.head(this.#channel)
    const seq = Math.max(1, head - back)
    const row = await this.#store.get(this.#channel, seq)
    const content = `edit ${++this.#count}`
    const op =
      kind === 0
        ? ({ kind: "edit", seq, version: row?.version ?? 1, content, by: alice } as const)
        : kind === 1
          ? ({ kind: "react", seq, emoji: "👍", userId: String(7000 + ++this.#count), on: true } as const)
          : ({ kind: "delete", seq, by: null } as const)
    this.#flying.push(...(await this.#store.change(this.#channel, [op])).packets)
  }

  #deliver(which: number): Packet | undefined {
    const [packet] = this.#flying.splice(which % Math.max(1, this.#flying.length), 1)
    if (!packet) return
    this.#last = packet
    this.#view = applyPacket(this.#view, packet)
    return packet
  }

  /** Pages back; with `during`, something changes and is heard while the page is under way. */
  async #older(during: boolean) {
    const { span } = this.#view
    if (!span || span.from <= 1) return
    const page = await this.#store.page(this.#channel, { before: span.from }, 15)
    const heard: Packet[] = []
    if (during) {
      const { packets } = await this.#store.change(this.#channel, [
        { kind: "react", seq: Math.max(1, span.from - 3), emoji: "🎉", userId: bob, on: true },
      ])
      for (const packet of packets) {
        heard.push(packet)
        this.#view = applyPacket(this.#view, packet)
      }
    }
    this.#view = mergePage(this.#view, page, heard)
  }

  async resume() {
    const { span, marks } = resumeFrom(this.#view)
    this.#view = applyChanges(this.#view, await this.#store.since(this.#channel, span, marks))
  }

  rows(): readonly Message[] {
    return this.#view.messages
  }
  span() {
    return this.#view.span
  }
  waiting() {
    return this.#view.waiting.length
  }
}

export const viewCases = (bed: () => Bed): void => {
  test("whatever is lost, late or doubled, after one resume it equals the log", { timeout: 120_000 }, async () => {
    const [store, other] = [await bed().open(), await bed().open()]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 3, 30, 988),
        fc.array(step, { minLength: 5, maxLength: 40 }),
        async (before, steps) => {
          const channel = await bed().newChannel()
          if (before > 0) await appendAll(other, channel, drafts(before))
          const follower = new Follower(store, channel)
          await follower.open()
          for (const s of steps) await follower.take(s)
          await follower.resume()
          const log = await readAll(other, channel)
          const span = follower.span()
          expect(span?.to).toBe(log.length)
          expect(follower.waiting()).toBe(0)
          expect(follower.rows()).toEqual(log.slice((span?.from ?? 1) - 1))
        },
      ),
      { numRuns: 25 },
    )
  })
}
