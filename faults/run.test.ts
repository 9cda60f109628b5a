import { expect, test } from "vitest"
import { complaintsOf } from "./run.ts"
import type { Fault, Stage } from "./stage.ts"

const stage = {} as Stage
const complaints = (verify: Fault["verify"]) => complaintsOf({ name: "any", modes: [], about: "any", verify }, stage)

test("what a fault's verify throws is a complaint, at once or later", async () => {
  const atOnce = () => {
    throw new Error("it died")
  }
  expect(await complaints(atOnce)).toEqual(["it died"])
  expect(await complaints(async () => atOnce())).toEqual(["it died"])
  expect(await complaints(() => {})).toEqual([])
  expect(await complaints(undefined)).toEqual([])
})
