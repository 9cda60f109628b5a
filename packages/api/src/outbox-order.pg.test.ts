import { userRoom } from "@hearth/core"
import { addToOutbox, readOutbox, transact } from "@hearth/db"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, testBed } from "./test-bed.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

const gate = () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

const tell = (n: number, before: Promise<void> = Promise.resolve()) =>
  transact(bed.db, async (tx) => {
    await tx.execute(sql`select 1`)
    addToOutbox(tx, userRoom("1"), "me:updated", { id: "1", displayName: String(n) })
    await before
  })

const numbers = (rows: Awaited<ReturnType<typeof readOutbox>>) =>
  rows.map((row) => Number((row.payload as { displayName: string }).displayName))

describe("the outbox", () => {
  it("shows a transaction that began first and commits last to a reader who has passed the other", async () => {
    const since = await bed.head()
    const hold = gate()
    const slow = tell(1, hold.opened)
    await tell(2)
    const first = await readOutbox(bed.db, since)
    expect(numbers(first)).toEqual([2])
    hold.open()
    await slow
    expect(numbers(await readOutbox(bed.db, first.at(-1)?.pos ?? since))).toEqual([1])
  })

  it("is never skipped by a cursor, while a number that is taken as a transaction begins would be", async () => {
    await bed.db.execute(sql`create table naive (pos bigserial primary key, n int not null)`)
    const total = 200
    let done = 0
    const since = await bed.head()
    const seen = { outbox: [] as number[], naive: [] as number[] }
    const reader = (async () => {
      let pos = since
      let naive = "0"
      for (let last = false; ; ) {
        const rows = await readOutbox(bed.db, pos)
        seen.outbox.push(...numbers(rows))
        pos = rows.at(-1)?.pos ?? pos
        const found = await bed.db.execute<{ pos: string; n: number }>(
          sql`select pos, n from naive where pos > ${naive}::bigint order by pos`,
        )
        seen.naive.push(...found.rows.map((row) => row.n))
        naive = found.rows.at(-1)?.pos ?? naive
        if (last) return
        last = done === total
      }
    })()
    const writer = async (first: number) => {
      for (let n = first; n < total; n += 8) {
        await transact(bed.db, async (tx) => {
          await tx.execute(sql`insert into naive (n) values (${n})`)
          addToOutbox(tx, userRoom("1"), "me:updated", { id: "1", displayName: String(n) })
          await tx.execute(sql`select pg_sleep(${(n * 7919) % 13} / 1000.0)`)
        })
        done++
      }
    }
    await Promise.all([reader, ...Array.from({ length: 8 }, (_, i) => writer(i))])
    const all = Array.from({ length: total }, (_, n) => n)
    expect([...seen.outbox].sort((a, b) => a - b)).toEqual(all)
    expect(numbers(await readOutbox(bed.db, since))).toEqual(seen.outbox)
    expect(seen.naive.length).toBeLessThan(total)
  })

  it("is read in the order of its numbers, also where they grow by a digit", async () => {
    await bed.db.execute(sql`select setval('outbox_pos', 97)`)
    await bed.db.execute(sql`delete from outbox`)
    for (let n = 0; n < 6; n++) await tell(n)
    const rows = await readOutbox(bed.db, "0")
    expect(rows.map((row) => row.pos)).toEqual(["98", "99", "100", "101", "102", "103"])
    expect(numbers(rows)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it("holds nothing of a transaction that failed", async () => {
    const since = await bed.head()
    const failed = transact(bed.db, async (tx) => {
      addToOutbox(tx, "everyone", "instance:updated", { name: "never" })
      await tx.execute(sql`select 1 / 0`)
    })
    await expect(failed).rejects.toThrow()
    expect(await readOutbox(bed.db, since)).toEqual([])
  })
})
