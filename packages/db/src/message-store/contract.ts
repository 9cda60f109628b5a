import { afterAll, beforeAll, describe } from "vitest"
import { appendCases } from "./contract/append.ts"
import { bodyCases } from "./contract/bodies.ts"
import type { Bed } from "./contract/bed.ts"
import { changeCases } from "./contract/change.ts"
import { outageCases } from "./contract/outage.ts"
import { pollCases } from "./contract/poll.ts"
import { readCases } from "./contract/read.ts"
import { viewCases } from "./contract/view.ts"
import { writerCases } from "./contract/writers.ts"

export type { Bed, OutageBed } from "./contract/bed.ts"
export { outageCases }

/** What every MessageStore promises, on its real backend. A bug found in one becomes a case here, for all. */
export const describeMessageStore = (name: string, start: () => Promise<Bed>): void => {
  describe(`MessageStore on ${name}`, () => {
    let bed: Bed
    beforeAll(async () => {
      bed = await start()
    }, 120_000)
    afterAll(() => bed?.close())
    const get = () => bed
    describe("append", () => appendCases(get))
    describe("several writers", () => writerCases(get))
    describe("change", () => changeCases(get))
    describe("polls", () => pollCases(get))
    describe("page and since", () => readCases(get))
    describe("bodies", () => bodyCases(get))
    describe("a client's view", () => viewCases(get))
  })
}
