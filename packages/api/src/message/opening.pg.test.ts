import { afterAll, beforeAll, expect, test } from "vitest"
import { findSession } from "../session/service.ts"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"
import { opening } from "./opening.ts"

let bed: Bed
let owner: Person
let outsider: Person
let guildId: string
let channelId: string
beforeAll(async () => {
  bed = await testBed()
  ;[owner, outsider] = [await bed.person("Owner"), await bed.person("Outsider")]
  const { guild, channels } = await owner.call.guild.create({ name: "Home" })
  guildId = guild.id
  channelId = channels[0]?.id ?? ""
})
afterAll(() => bed[Symbol.asyncDispose]())

const openingFor = async (person: Person) => {
  const session = await findSession(bed.deps, person.sessionId)
  if (!session) throw new Error("nobody")
  return opening({ ...bed.deps, session, address: "", userAgent: "", requestId: "" }, { channelId, limit: 5 })
}
const say = (content: string, n: number) =>
  bed.deps.store.append(channelId, [{ authorId: owner.userId, nonce: `nonce-opening-${n}`, content, replyTo: null }])

test("is the newest messages, the mark, and the names in them that the reader may know", async () => {
  await say(`<@${owner.userId}> and <@${outsider.userId}>`, 1)
  await say(`in <#${channelId}>, <@&${guildId}>`, 2)
  const { messages, head, lastReadSeq, people, roles, channels } = await openingFor(owner)
  expect([messages.map((m) => m.seq), head, lastReadSeq]).toEqual([[1, 2], 2, 0])
  expect([...people.keys()]).toEqual([owner.userId])
  expect([roles.has(guildId), channels.get(channelId)]).toEqual([true, "general"])
})

test("does not exist for who may not view it", async () => {
  expect(await failureCode(openingFor(outsider))).toBe("UNKNOWN_CHANNEL")
})
