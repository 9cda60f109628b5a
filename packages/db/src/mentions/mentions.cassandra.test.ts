import { type TestKeyspace, testKeyspace } from "@hearth/testing"
import { afterAll } from "vitest"
import { openCassandraStore } from "../message-store/cassandra.ts"
import { macKey } from "../message-store/contract/bed.ts"
import { describeMentions } from "./contract.ts"

let keyspace: TestKeyspace | undefined
afterAll(() => keyspace?.[Symbol.asyncDispose]())

describeMentions("Cassandra", async () => {
  keyspace = await testKeyspace()
  return openCassandraStore({ ...keyspace, macKey })
})
