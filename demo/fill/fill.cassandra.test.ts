import { type TestKeyspace, testKeyspace } from "@hearth/testing"
import { afterAll } from "vitest"
import { describeFill } from "./contract.ts"

let keyspace: TestKeyspace | undefined
afterAll(() => keyspace?.[Symbol.asyncDispose]())

describeFill("Cassandra", async () => {
  keyspace = await testKeyspace()
  return keyspace
})
