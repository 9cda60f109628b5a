import { AppError } from "@hearth/core"
import { expect, it } from "vitest"
import { CallError } from "../trpc/http.ts"
import { insist } from "./insist.ts"

const asking = async (failures: Error[]) => {
  let asked = 0
  const rested: number[] = []
  const ask = async () => {
    const failure = failures[asked++]
    if (failure) throw failure
    return "made"
  }
  const outcome = await insist(ask, async (ms) => void rested.push(ms)).catch((error: unknown) => error)
  return { asked, outcome, rests: rested.length }
}
const lost = new CallError("the connection broke", undefined)
const away = new AppError("UNAVAILABLE", "away", { retryAfterMs: 200 })

it("what nobody knows the end of is asked for again, a few times", async () => {
  expect(await asking([lost, away])).toEqual({ asked: 3, outcome: "made", rests: 2 })
  const { asked, outcome } = await asking([lost, lost, lost, lost, lost])
  expect([asked, outcome]).toEqual([4, expect.objectContaining({ code: "UNAVAILABLE" })])
})

it("what is refused is not", async () => {
  const refused = new AppError("FORBIDDEN", "no")
  expect(await asking([refused])).toEqual({ asked: 1, outcome: refused, rests: 0 })
})
