import { applyEvent, type Bootstrap, type EventName, type EventPayload, events } from "@hearth/core"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Bed, type Person, testBed } from "../test-bed.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

const acts = ["ask", "code", "accept", "decline", "cancel", "remove", "block", "unblock", "open", "shut"] as const
type Step = { what: (typeof acts)[number]; who: number; whom: number }

const act = async (me: Person, you: Person, what: Step["what"]): Promise<unknown> => {
  const { friend, conversation } = me.call
  const first = async (way: "in" | "out") => (await friend.requests({ way })).items[0]?.id ?? "1"
  switch (what) {
    case "ask":
      return friend.ask({ userId: you.userId })
    case "code":
      return friend.ask({ code: (await you.call.friend.code()).code })
    case "accept":
      return friend.accept({ requestId: await first("in") })
    case "decline":
      return friend.decline({ requestId: await first("in") })
    case "cancel":
      return friend.cancel({ requestId: await first("out") })
    case "remove":
      return friend.remove({ userId: you.userId })
    case "block":
    case "unblock":
      return conversation.block({ userId: you.userId, blocked: what === "block" })
    case "open":
    case "shut":
      return friend.setRules({ open: what === "open" })
  }
}

test("[7] snapshot + events equals a fresh snapshot, whatever friends do; and no two ever see different friends", async () => {
  const own = ({ friends = [], asked = 0 }: Bootstrap) => ({ friends, asked })
  const kinds = new Set<string>()
  const step = fc.record({ what: fc.constantFrom(...acts), who: fc.nat(2), whom: fc.nat(2) })
  const life: Step[] = [
    { what: "ask", who: 0, whom: 1 },
    { what: "accept", who: 1, whom: 0 },
    { what: "code", who: 2, whom: 0 },
    { what: "decline", who: 0, whom: 2 },
    { what: "remove", who: 1, whom: 0 },
    { what: "ask", who: 0, whom: 1 },
    { what: "block", who: 1, whom: 0 },
  ]
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const people = await Promise.all(["Ada", "Bob", "Cleo"].map((name) => bed.person(name)))
      const [owner, ...others] = people as [Person, Person, Person]
      const { guild } = await owner.call.guild.create({ name: "Home" })
      const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
      for (const person of others) await person.call.invite.join({ code })
      const before = await Promise.all(people.map((p) => p.bootstrap()))
      // Refusals are part of life.
      for (const { what, who, whom } of steps)
        await act(people[who] as Person, people[whom] as Person, what).catch(() => {})
      const after = await Promise.all(people.map((p) => p.bootstrap()))
      for (const [i, person] of people.entries()) {
        const rows = await bed.told(before[i]?.pos ?? "0")
        const followed = rows.reduce((state, { kind, payload, pos, audience }) => {
          kinds.add(kind)
          if (audience !== `user:${person.userId}` || !Object.hasOwn(events, kind)) return state
          const event = kind as EventName
          return applyEvent(state, event, events[event].parse(payload) as EventPayload<EventName>, pos)
        }, before[i] as Bootstrap)
        expect(own(followed)).toEqual(own(after[i] as Bootstrap))
        for (const [j, other] of people.entries())
          expect(after[i]?.friends?.includes(other.userId) ?? false).toBe(
            after[j]?.friends?.includes(person.userId) ?? false,
          )
      }
    }),
    { numRuns: 12, endOnFailure: true, examples: [[life]] },
  )
  for (const kind of ["friend:added", "friend:removed", "friend:asked"]) expect(kinds).toContain(kind)
}, 240_000)
