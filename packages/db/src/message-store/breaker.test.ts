import { expect, test } from "vitest"
import { Breaker } from "./breaker.ts"

const unavailable = { code: "UNAVAILABLE", retryAfterMs: expect.any(Number) }

test("no more calls are under way than the store can answer in time: the next is refused at once, and counts as no outage", async () => {
  const breaker = new Breaker({
    sentence: "Away.",
    isOutage: () => true,
    limitMs: 60_000,
    maxInFlight: 2,
    threshold: 1,
  })
  const waiting: (() => void)[] = []
  const call = () => breaker.run(() => new Promise<string>((resolve) => waiting.push(() => resolve("answered"))))
  const [first, second] = [call(), call()]
  await expect(call()).rejects.toMatchObject(unavailable)
  expect(waiting).toHaveLength(2)
  waiting[0]?.()
  expect(await first).toBe("answered")
  const third = call()
  for (const answer of waiting) answer()
  expect(await Promise.all([second, third])).toEqual(["answered", "answered"])
})

test("calls that share a statement share its failure: it is one outage, and not the end of the store", async () => {
  const breaker = new Breaker({ sentence: "Away.", isOutage: () => true, limitMs: 60_000, threshold: 2 })
  const failing = (error: Error) => breaker.run(() => Promise.reject(error))
  const broken = new Error("connection lost")
  await Promise.all([1, 2, 3].map(() => expect(failing(broken)).rejects.toMatchObject(unavailable)))
  expect(await breaker.run(async () => "answered")).toBe("answered")
  await expect(failing(new Error("lost"))).rejects.toMatchObject(unavailable)
  await expect(failing(new Error("lost again"))).rejects.toMatchObject(unavailable)
  await expect(breaker.run(async () => "answered")).rejects.toMatchObject(unavailable)
})
