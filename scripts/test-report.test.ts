import { expect, test } from "vitest"
import { countPlaywright, countVitest, sum } from "./test-report.mjs"

const file = (status: string, ...statuses: string[]) => ({
  status,
  assertionResults: statuses.map((s) => ({ status: s })),
})

test("tests are counted by how they ended", () => {
  const report = { testResults: [file("passed", "passed", "passed", "skipped"), file("failed", "passed", "failed")] }
  expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 })
})

test("a file that does not load is a failure", () => {
  expect(countVitest({ testResults: [file("failed"), file("passed", "passed")] }, 1)).toMatchObject({ failed: 1 })
})

test("a missing report, a bad exit without a failure and a run that tested nothing are failures", () => {
  const green = { testResults: [file("passed", "passed")] }
  expect(countVitest(null, 0)).toMatchObject({ failed: 1 })
  expect(countVitest(green, 1)).toMatchObject({ passed: 1, failed: 1 })
  expect(countVitest({ testResults: [] }, 0)).toMatchObject({ failed: 1 })
  expect(countPlaywright(null, 0)).toMatchObject({ failed: 1 })
  expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 2 } }, 0)).toMatchObject({
    failed: 1,
  })
})

test("a flake is a failure", () => {
  const stats = { expected: 2, unexpected: 0, flaky: 1, skipped: 0 }
  expect(countPlaywright({ stats }, 0)).toEqual({ passed: 2, failed: 1, skipped: 0 })
})

test("results add up", () => {
  expect(
    sum([
      { passed: 1, failed: 0, skipped: 2 },
      { passed: 3, failed: 1, skipped: 0 },
    ]),
  ).toEqual({
    passed: 4,
    failed: 1,
    skipped: 2,
  })
})
