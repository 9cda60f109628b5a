import { afterEach, describe, expect, it, vi } from "vitest"
import type { Draft, Outcome } from "../port.ts"
import { openBodies } from "../bodies.ts"
import { appendToMany } from "./append.ts"
import { createAppends } from "./appends.ts"
import type { Run } from "./run.ts"

const draft = (nonce: string): Draft => ({ authorId: "1", nonce, content: "x", replyTo: null })
const outcome = (): Outcome => ({ results: [], packet: null })
class WrongStatement extends Error {}

/** Statements that are under way until they are told to end. */
const bed = ({ limitMs = 10_000, most = { channels: 64, drafts: 256 } } = {}) => {
  const statements: { channels: string[]; end: () => void; fail: (error: Error) => void }[] = []
  const begun = (channels: string[]) =>
    new Promise<void>((end, fail) => {
      statements.push({ channels, end, fail })
    })
  const append = createAppends({
    one: (w) => begun([w.channelId]).then(outcome),
    many: (all) =>
      begun(all.map((w) => w.channelId)).then(() =>
        all.map((w) =>
          w.channelId === "404"
            ? { status: "rejected" as const, reason: new Error("unknown") }
            : { status: "fulfilled" as const, value: outcome() },
        ),
      ),
    isOfOne: (error) => error instanceof WrongStatement,
    limitMs,
    atOnce: 1,
    most,
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const end = async () => {
    statements.at(-1)?.end()
    await turn()
    await turn()
  }
  return { append, statements, turn, end, sent: () => statements.map((s) => s.channels.join()) }
}

describe("appends to several channels", () => {
  afterEach(() => vi.restoreAllMocks())

  it("go at once when they come alone, and together when they come in one turn", async () => {
    const { append, turn, end, sent } = bed()
    void append("1", [draft("a")])
    await turn()
    expect(sent()).toEqual(["1"])
    await end()
    void append("2", [draft("a")])
    void append("3", [draft("a")])
    await turn()
    expect(sent()).toEqual(["1", "2,3"])
  })

  it("gather while one is under way, each channel once, in the order in which they came", async () => {
    const { append, turn, end, sent } = bed({ most: { channels: 3, drafts: 256 } })
    void append("1", [draft("a")])
    await turn()
    for (const channel of ["2", "3", "2", "4", "5"]) void append(channel, [draft("b")])
    await turn()
    expect(sent()).toEqual(["1"])
    await end()
    expect(sent()).toEqual(["1", "2,3,4"])
    await end()
    expect(sent()).toEqual(["1", "2,3,4", "2,5"])
  })

  it("are as many as one statement carries", async () => {
    const { append, turn, end, sent } = bed({ most: { channels: 64, drafts: 4 } })
    for (const channel of ["1", "2", "3"]) void append(channel, [draft("a"), draft("b")])
    await turn()
    await end()
    expect(sent()).toEqual(["1,2", "3"])
  })

  it("are answered each for itself", async () => {
    const { append, turn, end } = bed()
    const answers = Promise.allSettled([append("1", [draft("a")]), append("404", [draft("a")])])
    await turn()
    await end()
    expect((await answers).map((a) => a.status)).toEqual(["fulfilled", "rejected"])
  })

  it("are tried one by one when what failed may be the fault of one, and not when the store is away", async () => {
    const { append, turn, statements, sent } = bed()
    const answers = Promise.allSettled([append("1", [draft("a")]), append("2", [draft("a")])])
    await turn()
    statements[0]?.fail(new WrongStatement("a lock"))
    await vi.waitFor(() => expect(sent()).toEqual(["1,2", "1", "2"]))
    // Nobody waits for them.
    const both = Promise.allSettled([append("3", [draft("a")]), append("4", [draft("a")])])
    await vi.waitFor(() => expect(sent()).toEqual(["1,2", "1", "2", "3,4"]))
    statements[1]?.fail(new WrongStatement("a lock"))
    statements[2]?.end()
    expect((await answers).map((a) => a.status)).toEqual(["rejected", "fulfilled"])
    statements[3]?.fail(new Error("away"))
    expect((await both).map((a) => a.status)).toEqual(["rejected", "rejected"])
    expect(sent()).toHaveLength(4)
  })

  it("are not tried again when their sender was told meanwhile", async () => {
    const now = vi.spyOn(performance, "now").mockReturnValue(0)
    const { append, turn, statements, sent } = bed({ limitMs: 20 })
    const answers = Promise.allSettled([append("1", [draft("a")]), append("2", [draft("a")])])
    await turn()
    now.mockReturnValue(21)
    statements[0]?.fail(new WrongStatement("a lock"))
    expect((await answers).map((a) => a.status)).toEqual(["rejected", "rejected"])
    expect(sent()).toEqual(["1,2"])
  })

  it("are not written when they waited so long that their sender was told", async () => {
    const now = vi.spyOn(performance, "now").mockReturnValue(0)
    const { append, turn, sent } = bed({ limitMs: 20 })
    const late = append("1", [draft("a")]).catch(() => "late")
    now.mockReturnValue(21)
    void append("2", [draft("a")])
    expect(await late).toBe("late")
    await turn()
    expect(sent()).toEqual(["2"])
  })
})

it("take the heads of channels in one order, whatever order they came in: so no two statements wait for each other", async () => {
  const asked: unknown[] = []
  const run: Run = async (_name, _text, values) => {
    asked.push(values[0])
    return []
  }
  const waiting = ["20", "3", "100"].map((channelId) => ({ channelId, drafts: [draft("a")] }))
  const writing = { macKey: Buffer.alloc(32), clock: () => 1_750_000_000_000 }
  const answers = await appendToMany({ run, bodies: openBodies(undefined) }, waiting, writing)
  expect(asked).toEqual([["3", "20", "100"]])
  expect(answers.map((a) => a.status)).toEqual(["rejected", "rejected", "rejected"])
})
