import { expect, test } from "vitest"
import { judgeSettings } from "./settings.ts"

const judge = (commitlog_sync: string, paxos_variant?: string) =>
  judgeSettings(new Map([["10.0.0.1:9042", { commitlog_sync, ...(paxos_variant && { paxos_variant }) }]]))

test("settings that keep what was acked, and quickly, raise no doubt", () => {
  expect(judge("batch", "v2")).toEqual([])
  expect(judge("group", "v2")).toEqual([])
  expect(judgeSettings(new Map())).toEqual([])
})

test("each setting that should be another is named with its node", () => {
  expect(judge("periodic", "v2")).toEqual([expect.stringMatching(/10\.0\.0\.1:9042: commitlog_sync is periodic/)])
  expect(judge("batch", "v1")).toEqual([expect.stringMatching(/10\.0\.0\.1:9042: paxos_variant is v1/)])
  // Versions that have no such setting have the old one.
  expect(judge("periodic")).toHaveLength(2)
})
