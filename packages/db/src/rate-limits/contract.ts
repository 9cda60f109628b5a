import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Limit, RateLimits, Take } from "./port.ts"

const limit = (burst: number, perSecond: number): Limit => ({ name: `l-${randomUUID()}`, burst, perSecond })
const of = (l: Limit, subject = "alice"): Take => ({ limit: l, subject })

/** What every RateLimits promises. Time is the real one: Redis has no other. */
export const describeRateLimits = (name: string, open: () => Promise<RateLimits>): void => {
  describe(`RateLimits in ${name}`, () => {
    let limits: RateLimits
    beforeAll(async () => {
      limits = await open()
    })
    afterAll(() => limits?.close())
    const taken = async (takes: Take[], times: number, cost?: number) => {
      const answers = []
      for (let i = 0; i < times; i++) answers.push((await limits.take(takes, cost)).ok)
      return answers.filter((ok) => ok).length
    }

    test("grants a burst, then says how long to wait", async () => {
      const l = limit(5, 0.1)
      expect(await taken([of(l)], 5)).toBe(5)
      const refused = await limits.take([of(l)])
      expect(refused).toMatchObject({ ok: false })
      if (!refused.ok) {
        expect(refused.retryAfterMs).toBeGreaterThan(9000)
        expect(refused.retryAfterMs).toBeLessThanOrEqual(10_000)
      }
    })

    test("refusals cost nothing: who asks all the time still gets the rate", async () => {
      const l = limit(1, 20)
      await limits.take([of(l)])
      const started = performance.now()
      let granted = 0
      while (granted < 6) {
        const answer = await limits.take([of(l)])
        if (answer.ok) granted++
        else expect(answer.retryAfterMs).toBeLessThanOrEqual(51)
      }
      expect(performance.now() - started).toBeGreaterThan(250)
      // Did refusals cost anything, who asks all the time would never be granted another.
      expect(performance.now() - started).toBeLessThan(10_000)
    })

    test("of takes at once exactly the burst is granted", async () => {
      const l = limit(10, 0.01)
      const answers = await Promise.all(Array.from({ length: 50 }, () => limits.take([of(l)])))
      expect(answers.filter((a) => a.ok)).toHaveLength(10)
    })

    test("takes from every bucket or from none", async () => {
      const [wide, narrow] = [limit(5, 0.01), limit(2, 0.01)]
      expect(await taken([of(wide), of(narrow)], 5)).toBe(2)
      expect(await taken([of(wide)], 5)).toBe(3)
    })

    test("subjects and names have buckets of their own", async () => {
      const [a, b] = [limit(1, 0.01), limit(1, 0.01)]
      expect(await taken([of(a, "alice")], 2)).toBe(1)
      expect(await taken([of(a, "bob")], 2)).toBe(1)
      expect(await taken([of(b, "alice")], 2)).toBe(1)
    })

    test("a cost counts as so many", async () => {
      const l = limit(10, 0.01)
      expect(await taken([of(l)], 5, 4)).toBe(2)
      expect(await taken([of(l)], 5)).toBe(2)
    })

    test("a refund gives back, and of nothing does nothing", async () => {
      const l = limit(3, 0.01)
      await limits.refund([of(l)])
      expect(await taken([of(l)], 5)).toBe(3)
      await limits.refund([of(l)], 2)
      expect(await taken([of(l)], 5)).toBe(2)
    })
  })
}
