import { describe, expect, test } from "vitest"
import { check, type Invariant } from "./checker.ts"
import { type Run, goodHistory } from "./good-history.ts"
import { type EventOf, fromLines, type HistoryEvent, type Row, toLines } from "./history.ts"

const rules = { removalMs: 1, faulty: true }
const verdict = (run: Run) => check(run.events, run, rules)

/** A good run that somebody spoiled. */
const spoiled = (spoil: (run: Run) => void): Run => {
  const run = goodHistory()
  spoil(run)
  return run
}

const first = <T>(items: readonly T[] | undefined, fits: (item: T) => boolean = () => true): T => {
  const found = items?.find(fits)
  if (found === undefined) throw new Error("the good history has no such thing")
  return found
}
const event = <T extends HistoryEvent["type"]>(run: Run, type: T, fits: (e: EventOf<T>) => boolean = () => true) =>
  first(run.events, (e): boolean => e.type === type && fits(e as EventOf<T>)) as EventOf<T>
const remove = (run: Run, gone: HistoryEvent) => run.events.splice(run.events.indexOf(gone), 1)
/** Changes H and H′ alike: the store itself is wrong. */
const inBoth = (run: Run, channel: string, change: (rows: Row[]) => void) => {
  for (const log of [run.paged, run.stored]) change(log.get(channel) ?? [])
}
const swapBodies = (rows: Row[], i: number, j: number) => {
  const [a, b] = [first(rows, (r) => r.seq === i + 1), first(rows, (r) => r.seq === j + 1)]
  const { seq, id } = a
  Object.assign(a, { seq: b.seq, id: b.id })
  Object.assign(b, { seq, id })
  rows.sort((x, y) => x.seq - y.seq)
}

test("a good history passes, and counts", () => {
  const { violations, ...counts } = verdict(goodHistory())
  expect(violations).toEqual([])
  expect(counts).toEqual({ sends: 24, acked: 24, lost: 0, duplicated: 0, inverted: 0, holes: 0, leaks: 0 })
})

test("a history survives being written down", () => {
  const { events } = goodHistory()
  expect(fromLines(toLines(events))).toEqual(events)
})

const faults: [string, Invariant, keyof ReturnType<typeof verdict>, (run: Run) => void][] = [
  ["an acked message that is gone", "I1", "lost", (run) => inBoth(run, "c1", (rows) => void rows.pop())],
  [
    "an ack of an id that was never stored",
    "I1",
    "lost",
    (run) => void Object.assign(event(run, "ack"), { id: "4711" }),
  ],
  [
    "a message that was stored twice under one nonce",
    "I2",
    "duplicated",
    (run) =>
      inBoth(run, "c1", (rows) => {
        const last = first(rows.slice(-1))
        rows.push({ ...last, seq: last.seq + 1, id: "9999" })
      }),
  ],
  [
    "a message that is shown twice",
    "I2",
    "duplicated",
    (run) => {
      const { rows } = event(run, "rendered")
      rows.push(first(rows))
    },
  ],
  [
    "one nonce that was acked as two messages",
    "I2",
    "duplicated",
    (run) => {
      const ack = event(run, "ack", (e) => e.channel === "c2")
      run.events.splice(run.events.indexOf(ack) + 1, 0, { ...ack, id: "9999" })
    },
  ],
  ["two messages swapped for one reader", "I4", "inverted", (run) => swap(event(run, "rendered").rows)],
  ["two messages swapped in the store", "I4", "inverted", (run) => inBoth(run, "c1", swap)],
  [
    "an old text on somebody's screen",
    "I4",
    "inverted",
    (run) => {
      first(event(run, "rendered", (e) => e.client === "ben").rows).body = "as it was"
    },
  ],
  ["a number that is left out", "I5", "holes", (run) => inBoth(run, "c1", (rows) => rows.splice(4, 1))],
  ["a hole on a screen", "I5", "holes", (run) => void event(run, "rendered").rows.splice(3, 1)],
  ["a screen that ends too early", "I5", "holes", (run) => void event(run, "rendered").rows.pop()],
  ["a member who shows nothing", "I5", "holes", (run) => void remove(run, event(run, "rendered"))],
  [
    "one author's messages in another order than written",
    "I6",
    "inverted",
    (run) => {
      const [a, b] = run.events.filter((e) => e.type === "ack" && e.client === "ann" && e.channel === "c1") as [
        EventOf<"ack">,
        EventOf<"ack">,
      ]
      const seq = a.seq
      a.seq = b.seq
      b.seq = seq
    },
  ],
  [
    "a message that stands before one that was acked before it was sent",
    "I7",
    "inverted",
    (run) => {
      inBoth(run, "c1", (rows) => swapBodies(rows, 1, 2))
      for (const row of run.paged.get("c1") ?? [])
        for (const ack of run.events)
          if (ack.type === "ack" && ack.nonce === row.nonce) Object.assign(ack, { seq: row.seq, id: row.id })
    },
  ],
  [
    "a stranger who hears of a channel",
    "I8",
    "leaks",
    (run) => void run.events.push({ at: 1, client: "eve", type: "received", channel: "c1", via: "live" }),
  ],
  [
    "a removed member who goes on hearing",
    "I8",
    "leaks",
    (run) => void run.events.push({ at: 999, client: "cid", type: "received", channel: "c1", via: "resume" }),
  ],
  [
    "an edit that is lost",
    "I9",
    "lost",
    (run) => inBoth(run, "c1", (rows) => void (first(rows, (r) => r.seq === 4).body = "edited once")),
  ],
]

const swap = (rows: Row[]) => {
  const [a, b] = rows
  if (a && b) rows.splice(0, 2, b, a)
}

describe("it catches", () => {
  test.each(faults)("%s", (_, rule, column, spoil) => {
    const found = verdict(spoiled(spoil))
    expect(found.violations.map((v) => v.rule)).toContain(rule)
    expect(found[column]).toBeGreaterThan(0)
  })

  test("a message that nobody sent", () => {
    const run = spoiled((r) => remove(r, event(r, "invoke")))
    remove(run, event(run, "ack"))
    expect(verdict(run).violations.map((v) => v.rule)).toContain("I3")
  })

  test("a text that nobody wrote", () => {
    const run = spoiled((r) => inBoth(r, "c2", (rows) => void (first(rows).body = "forged")))
    expect(verdict(run).violations.map((v) => v.rule)).toEqual(expect.arrayContaining(["I1", "I3"]))
  })

  const vacuous: [string, (run: Run) => void][] = [
    ["a paged history that is not the stored one", (run) => void run.stored.get("c1")?.pop()],
    ["sends that were never made", (run) => void (event(run, "planned").count = 100)],
    ["a run without a plan", (run) => void (run.events = run.events.filter((e) => e.type !== "planned"))],
    [
      "a fault that did not happen",
      (run) =>
        void remove(
          run,
          event(run, "fault", (e) => e.stage === "hit"),
        ),
    ],
    [
      "a fault that nobody saw",
      (run) =>
        void remove(
          run,
          event(run, "fault", (e) => e.stage === "seen"),
        ),
    ],
    [
      "a fault that hit nothing",
      (run) => {
        const hit = event(run, "fault", (e) => e.stage === "hit")
        remove(run, hit)
        run.events.unshift({ ...hit, at: 0 })
      },
    ],
    ["a run in which nothing was acked", (run) => void (run.events = run.events.filter((e) => e.type !== "ack"))],
  ]
  test.each(vacuous)("%s", (_, spoil) => {
    expect(verdict(spoiled(spoil)).violations.map((v) => v.rule)).toContain("I0")
  })
})

/** The ack of a send, or of an edit, turned into a refusal. */
const refuse = (run: Run, answer: HistoryEvent, code: string) => {
  const { at, client } = answer
  if (answer.type === "ack")
    run.events[run.events.indexOf(answer)] = {
      ...{ at, client, type: "fail", channel: answer.channel, nonce: answer.nonce, code, definite: true },
    }
  if (answer.type === "edited")
    run.events[run.events.indexOf(answer)] = { at, client, type: "editFailed", edit: answer.edit, code }
}

describe("it catches who is refused for good", () => {
  test("a member's send that is not there", () => {
    const run = spoiled((r) => {
      const last = first(r.paged.get("c2")?.slice(-1))
      inBoth(r, "c2", (rows) => void rows.pop())
      for (const e of r.events) if (e.type === "rendered" && e.channel === "c2") e.rows.pop()
      refuse(
        r,
        event(r, "ack", (e) => e.channel === "c2" && e.id === last.id),
        "UNKNOWN_CHANNEL",
      )
    })
    expect(verdict(run).violations).toEqual([{ rule: "I10", text: expect.stringContaining("UNKNOWN_CHANNEL") }])
  })

  test("whoever's send that is there all the same", () => {
    const run = spoiled((r) => refuse(r, event(r, "ack"), "UNKNOWN_CHANNEL"))
    expect(verdict(run).violations.map((v) => v.rule)).toEqual(["I3", "I10"])
    run.events.push({ at: 999, client: event(run, "fail").client, type: "removed" })
    expect(verdict(run).violations.map((v) => v.rule)).toContain("I3")
  })

  test.each(["UNKNOWN_MESSAGE", "CONFLICT"])("an edit that is refused with %s", (code) => {
    const run = spoiled((r) => refuse(r, event(r, "edited"), code))
    expect(verdict(run).violations.map((v) => v.rule)).toEqual(["I10"])
  })
})

describe("it allows", () => {
  test("a removed member who is refused", () => {
    const run = goodHistory()
    const send = { client: "cid", channel: "c1", nonce: "too late" }
    run.events.push({ at: 998, type: "invoke", body: "am I in?", ...send })
    run.events.push({ at: 999, type: "fail", code: "UNKNOWN_CHANNEL", definite: true, ...send })
    expect(verdict(run).violations).toEqual([])
  })

  test("a removed member's message that is there, when only its second try was refused", () => {
    const run = spoiled((r) => refuse(r, event(r, "ack"), "UNKNOWN_CHANNEL"))
    const { client, nonce } = event(run, "fail")
    const i3 = () => verdict(run).violations.some((v) => v.rule === "I3")
    expect(i3()).toBe(true)
    run.events.push({ at: 998, client, type: "retry", nonce, code: "UNAVAILABLE", node: "1" })
    expect(i3()).toBe(false)
  })

  test("an edit that conflicts with an own one before it, whose end is unknown", () => {
    const run = spoiled((r) =>
      remove(
        r,
        event(r, "edited", (e) => e.edit === 0),
      ),
    )
    refuse(run, event(run, "edited"), "CONFLICT")
    for (const log of [run.paged, run.stored]) first(log.get("c1"), (r) => r.seq === 4).body = "edited once"
    for (const e of run.events)
      if (e.type === "rendered" && e.channel === "c1") first(e.rows, (r) => r.seq === 4).body = "edited once"
    expect(verdict(run).violations).toEqual([])
  })

  test("a send without an answer that is there", () => {
    const run = spoiled((r) => remove(r, event(r, "ack")))
    expect(verdict(run).violations).toEqual([])
  })

  test("a send without an answer that is not there", () => {
    const run = goodHistory()
    const last = first(run.paged.get("c1")?.slice(-1))
    inBoth(run, "c1", (rows) => void rows.pop())
    for (const e of run.events) if (e.type === "rendered" && e.channel === "c1") e.rows.pop()
    remove(
      run,
      event(run, "ack", (e) => e.id === last.id),
    )
    expect(verdict(run).violations).toEqual([])
  })

  test("an edit without an answer, done or not", () => {
    const run = spoiled((r) =>
      remove(
        r,
        event(r, "edited", (e) => e.edit === 1),
      ),
    )
    expect(verdict(run).violations).toEqual([])
    inBoth(run, "c1", (rows) => void (first(rows, (r) => r.seq === 4).body = "edited once"))
    for (const e of run.events)
      if (e.type === "rendered" && e.channel === "c1") first(e.rows, (r) => r.seq === 4).body = "edited once"
    expect(verdict(run).violations).toEqual([])
  })

  test("what arrives within the time that a removal may take", () => {
    const run = goodHistory()
    const { at } = event(run, "removed")
    run.events.push({ at: at + 1, client: "cid", type: "received", channel: "c1", via: "live" })
    expect(verdict(run).violations).toEqual([])
  })
})
