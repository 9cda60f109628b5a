import type { Snowflake } from "@hearth/core"
import { makeGuild, makeUser, type TestClient, type TestDatabase, type TestUser, testDatabase } from "@hearth/testing"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { PacketFeature } from "./packet-counts.ts"
import type { NetworkOptions, TestNetwork } from "./test-network.ts"

/** Packets that left for sockets, over all nodes. */
export const packetsOf = async ({ nodes }: TestNetwork, feature: PacketFeature): Promise<number> => {
  let sum = 0
  for (const { url } of nodes) {
    const text = await (await fetch(`${url}/metrics`)).text()
    const found = new RegExp(`^hearth_packets_total\\{feature="${feature}"\\} (\\d+)$`, "m").exec(text)
    if (!found) throw new Error(`a node does not count packets of ${feature}`)
    sum += Number(found[1])
  }
  return sum
}

/** What the metrics say is what sockets got, however a room is served. */
export const describePackets = (
  name: string,
  open: (database: TestDatabase, options: NetworkOptions) => Promise<TestNetwork>,
) => {
  describe(`packets are counted, ${name}`, () => {
    let database: TestDatabase
    let general: Snowflake
    let people: TestUser[]
    beforeAll(async () => {
      database = await testDatabase()
      const { db } = database
      people = []
      for (let i = 0; i < 5; i++) people.push(await makeUser(db, `person-${i}`))
      const [owner, ...members] = people
      if (!owner) throw new Error("nobody is there")
      const guild = await makeGuild(db, owner, members)
      general = guild.channels.general ?? ""
    })
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
    })

    test.each([
      { how: "in one go", sizes: {} },
      { how: "in slices", sizes: { largeRoom: 1 } },
    ])("each receiver of a message and of typing, in a room that is served $how", async ({ sizes }) => {
      // Nobody asks again in between.
      await using net = await open(database, { sizes, timings: { heads: 3_600_000 } })
      const clients: TestClient[] = []
      for (const user of people) clients.push(await net.connect(user))
      const [author, ...readers] = clients
      if (!author) throw new Error("nobody came")
      for (const client of clients) await client.open(general)
      const before = { messages: await packetsOf(net, "messages"), typing: await packetsOf(net, "typing") }
      const answers = await packetsOf(net, "answers")

      await author.command("typing:start", { channelId: general })
      for (const client of readers) await client.hears("typing:started")
      await author.send(general, "hello")
      for (const client of clients) await client.nextMessage(general)

      const heard = (event: string) => clients.flatMap((client) => client.heard.filter((h) => h.event === event)).length
      expect((await packetsOf(net, "messages")) - before.messages).toBe(clients.length)
      expect((await packetsOf(net, "typing")) - before.typing).toBe(heard("typing:started"))
      expect((await packetsOf(net, "answers")) - answers).toBe(2)
    })
  })
}
