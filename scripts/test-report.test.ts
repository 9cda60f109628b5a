import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import {
  countFaults,
  countPlaywright,
  countVitest,
  sum,
  tellFaults,
  tellPlaywright,
  tellVitest,
  tsProjects,
} from "./test-report.mjs"

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

test("what passed at the second try passed, and is named with what failed", () => {
  const stats = { expected: 2, unexpected: 1, flaky: 1, skipped: 0 }
  const spec = (title: string, status: string, ...messages: (string | undefined)[]) => ({
    title,
    file: "chat.spec.ts",
    line: 4,
    tests: [{ status, results: messages.map((message) => (message ? { error: { message } } : {})) }],
  })
  const suites = [
    {
      specs: [spec("fine", "expected", undefined)],
      suites: [
        { specs: [spec("shaky", "flaky", "\u001b[31mtoo late\u001b[39m\n\n  at 1", undefined)] },
        { specs: [spec("broken", "unexpected", "never", "never")] },
      ],
    },
  ]
  expect(countPlaywright({ stats, suites }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 })
  expect(tellPlaywright({ stats, suites })).toEqual([
    "~ (passed at the second try) chat.spec.ts:4 › shaky\n    too late\n      at 1",
    "✗ chat.spec.ts:4 › broken\n    never",
  ])
})

test("what failed is told with its reason", () => {
  const shaky = { status: "passed", fullName: "room is full", failureMessages: ["too late"] }
  const failure = { status: "failed", fullName: "room is warm", failureMessages: ["expected 1 to be 2\n    at here"] }
  const report = {
    testResults: [
      { name: "/a.test.ts", status: "failed", assertionResults: [failure, { status: "passed" }] },
      { name: "/b.test.ts", status: "failed", message: "cannot be loaded", assertionResults: [] },
      { name: "/c.test.ts", status: "passed", assertionResults: [{ status: "passed", failureMessages: [] }, shaky] },
    ],
  }
  expect(tellVitest(report)).toEqual([
    "✗ /a.test.ts › room is warm\n    expected 1 to be 2\n        at here",
    "✗ /b.test.ts\n    cannot be loaded",
    "~ (passed at the second try) /c.test.ts › room is full\n    too late",
  ])
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

test("a fault that was not survived is a failure, and is named; so is a run without faults", () => {
  const row = (fault: string, ...complaints: string[]) => ({
    ...{ fault, mode: "cluster", complaints, ok: complaints.length === 0 },
  })
  const again = { ...row("client-cut"), firstTry: ["it did not start"] }
  const report = { rows: [row("redis-kill"), row("gateway-kill", "I1: 4711 was acked and is not there"), again] }
  expect(countFaults(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 })
  expect(tellFaults(report)).toEqual([
    "✗ gateway-kill, cluster\n    I1: 4711 was acked and is not there",
    "~ (passed at the second try) client-cut, cluster\n    it did not start",
  ])
  expect(countFaults({ rows: [] }, 1)).toMatchObject({ failed: 1 })
  expect(countFaults(null, 0)).toMatchObject({ failed: 1 })
})

test("the types of every workspace are checked", () => {
  const root = fileURLToPath(new URL("../", import.meta.url))
  const { workspaces } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { workspaces: string[] }
  const projects = tsProjects(root)
  const missing = workspaces.filter((one) => !projects.some((folder) => folder.startsWith(one.replace("*", ""))))
  expect(missing).toEqual([])
})
