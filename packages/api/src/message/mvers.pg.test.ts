import { afterAll, beforeAll, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let ada: Person
let channelId: string
beforeAll(async () => {
  bed = await testBed()
  ada = await bed.person("Ada")
  channelId = (await ada.call.guild.create({ name: "Home" })).channels[0]?.id ?? ""
  const drafts = Array.from({ length: 230 }, (_, i) => ({
    authorId: ada.userId,
    nonce: `nonce-${String(i).padStart(12, "0")}`,
    content: `message ${i + 1}`,
    replyTo: null,
  }))
  for (let at = 0; at < drafts.length; at += 50) await bed.deps.store.append(channelId, drafts.slice(at, at + 50))
})
afterAll(() => bed[Symbol.asyncDispose]())

it("[5.25] are those of the messages from there on, over pages, and no more than there are", async () => {
  await bed.deps.store.change(channelId, [{ kind: "delete", seq: 130, by: null }])
  const all = await ada.call.message.mvers({ channelId, from: 1, limit: 500 })
  expect(all).toMatchObject({ head: 230 })
  expect(all.mvers).toHaveLength(230)
  for (const seq of [1, 51, 129, 130, 230])
    expect(all.mvers[seq - 1]).toBe((await bed.deps.store.get(channelId, seq))?.mver)
  expect(all.mvers[129]).toBeGreaterThan(all.mvers[229] ?? 0)
  expect(await ada.call.message.mvers({ channelId, from: 120, limit: 105 })).toEqual({
    head: 230,
    mvers: all.mvers.slice(119, 224),
  })
  expect(await ada.call.message.mvers({ channelId, from: 231, limit: 5 })).toEqual({ head: 230, mvers: [] })
})

it("are for who may view the channel, in numbers that are bounded", async () => {
  const outsider = await bed.person("Outsider")
  expect(await failureCode(outsider.call.message.mvers({ channelId, from: 1, limit: 5 }))).toBe("UNKNOWN_CHANNEL")
  expect(await failureCode(ada.call.message.mvers({ channelId, from: 1, limit: 501 }))).toBe("BAD_REQUEST")
})
