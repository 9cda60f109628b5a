import { bucketOf, newSnowflake } from "@hearth/core"
import { migrateCassandra } from "@hearth/db/migrate"
import { privateCassandra, testKeyspace } from "@hearth/testing"
import { openCassandraStore } from "./cassandra.ts"
import type { CassandraAddress } from "./cassandra/connect.ts"
import { macKey } from "./contract/bed.ts"
import { type Bed, describeMessageStore, outageCases } from "./contract.ts"
import type { MessageStore } from "./port.ts"

const bedOn = (address: CassandraAddress & { keyspace: string }, stop: () => PromiseLike<void>): Bed => {
  const stores: MessageStore[] = []
  return {
    open: async (options) => {
      const store = openCassandraStore({ ...address, macKey, ...options })
      stores.push(store)
      await store.ping()
      return store
    },
    newChannel: async () => newSnowflake(),
    scopeOf: bucketOf,
    close: async () => {
      await Promise.all(stores.map((store) => store.close()))
      await stop()
    },
  }
}

describeMessageStore("Cassandra", async () => {
  const keyspace = await testKeyspace()
  return bedOn(keyspace, () => keyspace[Symbol.asyncDispose]())
})

outageCases("Cassandra", async () => {
  const node = await privateCassandra()
  const address = { contactPoints: node.contactPoints, localDc: node.localDc, keyspace: "hearth" }
  await migrateCassandra(address)
  const restart = async () => {
    await node.kill()
    await node.start()
  }
  const bed = bedOn(address, () => node[Symbol.asyncDispose]())
  return { ...bed, pause: () => node.pause(), resume: () => node.resume(), restart }
})
