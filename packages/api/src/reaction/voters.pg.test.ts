import { type Poll, toPoll } from "@hearth/core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

const poll: Poll = { question: "Cake?", options: ["Plum", "Poppy"], several: false, secret: false, ended: false }

let bed: Bed
let ada: Person
let bob: Person
let channelId: string
const vote = (person: Person, seq: number, emoji: string) =>
  bed.deps.store.change(channelId, [{ kind: "react", seq, emoji, userId: person.userId, on: true }])
const append = (nonce: string, content: string) =>
  bed.deps.store.append(channelId, [{ authorId: ada.userId, nonce, content, replyTo: null }])

beforeAll(async () => {
  bed = await testBed()
  ;[ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  channelId = channels[0]?.id ?? ""
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
  await append("nonce-00000000001", toPoll(poll))
  await append("nonce-00000000002", toPoll({ ...poll, secret: true }))
  for (const seq of [1, 2]) {
    await vote(bob, seq, "2️⃣")
    await vote(bob, seq, "👍")
  }
})
afterAll(() => bed[Symbol.asyncDispose]())

describe("votes", () => {
  it("are told by voter, page by page, as reactions are, and nobody's who changed their mind", async () => {
    await vote(bob, 1, "1️⃣")
    await vote(ada, 1, "1️⃣")
    const first = await ada.call.reaction.list({ channelId, seq: 1, emoji: "1️⃣", limit: 1 })
    const rest = await ada.call.reaction.list({ channelId, seq: 1, emoji: "1️⃣", cursor: first.next ?? undefined })
    expect([...first.items, ...rest.items].map((card) => card.displayName).sort()).toEqual(["Ada", "Bob"])
    expect((await ada.call.reaction.list({ channelId, seq: 1, emoji: "2️⃣" })).items).toEqual([])
  })

  it("of a secret poll are told to nobody, by no option, not even to who asked; what is no vote is", async () => {
    for (const person of [ada, bob])
      for (const emoji of ["1️⃣", "2️⃣"])
        expect(await failureCode(person.call.reaction.list({ channelId, seq: 2, emoji }))).toBe("FORBIDDEN")
    expect((await ada.call.reaction.list({ channelId, seq: 2, emoji: "👍" })).items).toMatchObject([
      { displayName: "Bob" },
    ])
    // One's own vote is one's own to know.
    expect((await bob.call.reaction.mine({ channelId, seqs: [2] })).mine).toMatchObject([{ emojis: ["2️⃣", "👍"] }])
    expect((await ada.call.reaction.mine({ channelId, seqs: [2] })).mine).toMatchObject([{ emojis: [] }])
  })

  it("of a secret poll stay secret when it has ended", async () => {
    await bed.deps.store.change(channelId, [{ kind: "end", seq: 2, by: null }])
    expect(await failureCode(ada.call.reaction.list({ channelId, seq: 2, emoji: "2️⃣" }))).toBe("FORBIDDEN")
  })
})
