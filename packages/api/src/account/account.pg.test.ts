import { schema, setupCode } from "@hearth/db"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { findSession } from "../session/service.ts"
import { type Bed, failure, failureCode, SECRET, testBed } from "../test-bed.ts"
import { register, signIn } from "./service.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

const account = (email: string) => ({ email, password: "correct horse battery", displayName: "Ada" })
const from = { address: "203.0.113.9", userAgent: "vitest" }

describe("accounts, before this Hearth is set up", () => {
  it("cannot be made", async () => {
    expect(await failureCode(bed.stranger().account.register(account("early@example.org")))).toBe("REGISTRATION_CLOSED")
    expect(await bed.db.select().from(schema.users)).toEqual([])
  })
})

describe("setting up", () => {
  const input = () => ({
    code: setupCode(SECRET),
    instanceName: "Our Hearth",
    displayName: "Root",
    email: "root@example.org",
    password: "a long enough password",
  })
  it("is refused without the right code, and changes nothing", async () => {
    expect(await failureCode(bed.stranger().setup.create({ ...input(), code: "AAAA-AAAA-AAAA-AAAA" }))).toBe(
      "WRONG_SETUP_CODE",
    )
    expect(await bed.stranger().setup.status()).toEqual({ needsSetup: true, instanceName: null, registration: "open" })
  })
  it("happens once, of many at the same time, and makes one administrator", async () => {
    const tries = Array.from({ length: 6 }, (_, i) =>
      bed.stranger().setup.create({ ...input(), email: `root${i}@example.org` }),
    )
    const settled = await Promise.allSettled(tries)
    expect(settled.filter((s) => s.status === "fulfilled")).toHaveLength(1)
    const users = await bed.db.select().from(schema.users)
    expect(users).toHaveLength(1)
    expect(users[0]).toMatchObject({ isInstanceAdmin: true, displayName: "Root" })
    expect(await bed.stranger().setup.status()).toEqual({
      needsSetup: false,
      instanceName: "Our Hearth",
      registration: "open",
    })
  })
  it("asks for the code also when it is too late", async () => {
    expect(await failureCode(bed.stranger().setup.create(input()))).toBe("ALREADY_SET_UP")
    expect(await failureCode(bed.stranger().setup.create({ ...input(), code: "x" }))).toBe("WRONG_SETUP_CODE")
  })
})

describe("signing up", () => {
  it("makes an account that one can sign in to", async () => {
    const { userId, guildId } = await bed.stranger().account.register(account("Ada@Example.org "))
    expect(guildId).toBeNull()
    const signed = await signIn(bed.deps, { email: " ADA@example.org", password: "correct horse battery", ...from })
    expect(signed.userId).toBe(userId)
    const call = await bed.signedInAs(signed.sessionId)
    expect(await call.account.me()).toEqual({
      id: userId,
      displayName: "Ada",
      email: "ada@example.org",
      isInstanceAdmin: false,
    })
  })
  it("refuses an address that has an account, in whatever case, and of two at once one", async () => {
    expect(await failureCode(bed.stranger().account.register(account("ADA@example.org")))).toBe("EMAIL_TAKEN")
    const both = await Promise.allSettled(
      [1, 2].map(() => bed.stranger().account.register(account("twin@example.org"))),
    )
    expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"])
  })
  it("joins by an invite in the same transaction, and makes no account for a dead one", async () => {
    const owner = await bed.person("Owner")
    const { guild } = await owner.call.guild.create({ name: "Guests" })
    const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: 1 })
    const guest = await bed.stranger().account.register({ ...account("guest@example.org"), inviteCode: code })
    expect(guest.guildId).toBe(guild.id)
    expect(
      await failureCode(bed.stranger().account.register({ ...account("late@example.org"), inviteCode: code })),
    ).toBe("UNKNOWN_INVITE")
    expect(await bed.db.select().from(schema.users).where(eq(schema.users.email, "late@example.org"))).toEqual([])
  })
  it("needs an invite where the Hearth is by invitation", async () => {
    await bed.db.update(schema.instance).set({ registration: "invite" })
    try {
      expect(await failureCode(bed.stranger().account.register(account("uninvited@example.org")))).toBe(
        "REGISTRATION_CLOSED",
      )
      // Nor does who has none learn whether an address has an account.
      for (const email of ["ada@example.org", "nobody@example.org"])
        expect(await failureCode(bed.stranger().account.register({ ...account(email), inviteCode: "made-up" }))).toBe(
          "UNKNOWN_INVITE",
        )
    } finally {
      await bed.db.update(schema.instance).set({ registration: "open" })
    }
  })
  it.each([
    ["no e-mail address", { email: "ada" }, "email", "That is not an e-mail address."],
    [
      "an address that is too long",
      { email: `${"a".repeat(250)}@example.org` },
      "email",
      "That e-mail address is too long.",
    ],
    ["a short password", { password: "eleven char" }, "password", "A password has at least 12 characters."],
    ["an endless password", { password: "x".repeat(513) }, "password", "That password is too long."],
    ["an empty name", { displayName: " \u200b " }, "displayName", "The name is empty."],
    ["a long name", { displayName: "x".repeat(41) }, "displayName", "The name has more than 40 characters."],
  ])("refuses %s with a sentence and the field", async (_what, wrong, field, message) => {
    const before = await bed.db.$count(schema.users)
    expect(await failure(bed.stranger().account.register({ ...account("new@example.org"), ...wrong }))).toEqual({
      code: "BAD_REQUEST",
      message,
      field,
    })
    expect(await bed.db.$count(schema.users)).toBe(before)
  })
  it("never tells in a programmer's words what does not fit", async () => {
    const wrong = { ...account("a@example.org"), email: 7 } as unknown as ReturnType<typeof account>
    expect(await failure(bed.stranger().account.register(wrong))).toEqual({
      code: "BAD_REQUEST",
      message: "“email” is not as it should be.",
      field: "email",
    })
  })
})

describe("signing in", () => {
  it("answers alike for a wrong password, an unknown account, a disabled one and nonsense", async () => {
    await bed.stranger().account.register(account("grace@example.org"))
    await bed.stranger().account.register(account("gone@example.org"))
    await bed.db.update(schema.users).set({ disabledAt: new Date() }).where(eq(schema.users.email, "gone@example.org"))
    const password = "correct horse battery"
    const answers = await Promise.all(
      [
        { email: "grace@example.org", password: "wrong horse battery" },
        { email: "nobody@example.org", password },
        { email: "gone@example.org", password },
        { email: "not an address", password },
        { email: "grace@example.org", password: "" },
      ].map((input) => failure(signIn(bed.deps, { ...input, ...from }))),
    )
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1)
    expect(answers[0]).toMatchObject({ code: "WRONG_CREDENTIALS" })
  })
  it("works as long for an account that does not exist", async () => {
    // What this process computes, not how long it is kept waiting: a busy machine changes nothing.
    const work = async (email: string) => {
      const before = process.cpuUsage()
      await failure(signIn(bed.deps, { email, password: "wrong horse battery", ...from }))
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let i = 0; i < 10; i++) {
      known = Math.min(known, await work("grace@example.org"))
      unknown = Math.min(unknown, await work("nobody@example.org"))
    }
    // Hashing takes tens of milliseconds, a missing row next to none: without the same work the ratio is far from one.
    expect(unknown / known).toBeGreaterThan(0.5)
    expect(unknown / known).toBeLessThan(2)
  })
  it("is limited per account and per address, and says when to come back", async () => {
    await using strict = await testBed({ limitScale: 1 })
    const attempt = (email: string, address: string) =>
      failure(signIn(strict.deps, { email, password: "wrong horse battery", address, userAgent: "" }))
    for (let i = 0; i < 10; i++)
      expect((await attempt("a@example.org", `203.0.113.${i}`)).code).toBe("WRONG_CREDENTIALS")
    const limited = await attempt("a@example.org", "203.0.113.99")
    expect(limited.code).toBe("RATE_LIMITED")
    expect(limited.retryAfterMs).toBeGreaterThan(1000)
    expect((await attempt("b@example.org", "203.0.113.99")).code).toBe("WRONG_CREDENTIALS")
    strict.pass(limited.retryAfterMs ?? 0)
    expect((await attempt("a@example.org", "203.0.113.99")).code).toBe("WRONG_CREDENTIALS")
  })
  it("gives a new session each time", async () => {
    const input = { email: "grace@example.org", password: "correct horse battery", ...from }
    const [a, b] = [await signIn(bed.deps, input), await signIn(bed.deps, input)]
    expect(a.sessionId).not.toBe(b.sessionId)
  })
})

describe("registration, many from one address", () => {
  it("is limited", async () => {
    await using strict = await testBed({ limitScale: 0.1 })
    await strict.db.insert(schema.instance).values({ name: "Small" })
    const context = { ...strict.deps, session: null, address: "203.0.113.1", userAgent: "", requestId: "" }
    await register(context, account("one@example.org"))
    await register(context, account("two@example.org"))
    expect(await failureCode(register(context, account("three@example.org")))).toBe("RATE_LIMITED")
  })
})

describe("one's account", () => {
  it("is renamed everywhere, and who sees it is told", async () => {
    const lin = await bed.person("Lin")
    const { guild } = await lin.call.guild.create({ name: "Names" })
    const since = await bed.head()
    await lin.call.account.update({ displayName: "  Zoë\u200b  Lin " })
    const card = { id: lin.userId, displayName: "Zoë Lin" }
    expect((await bed.told(since)).map(({ audience, kind, payload }) => ({ audience, kind, payload }))).toEqual([
      { audience: `user:${lin.userId}`, kind: "me:updated", payload: card },
      { audience: `presence:${lin.userId}`, kind: "user:updated", payload: card },
    ])
    const [row] = await bed.db.select().from(schema.members).where(eq(schema.members.guildId, guild.id))
    expect(row?.sortName).toBe("zoë lin")
    expect((await lin.call.account.me()).displayName).toBe("Zoë Lin")
  })
  it("takes a name of its own into a server that it joins at the same moment", async () => {
    const owner = await bed.person("Owner")
    const { guild } = await owner.call.guild.create({ name: "Race" })
    const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
    for (let i = 0; i < 5; i++) {
      const racer = await bed.person("Before")
      await Promise.all([racer.call.invite.join({ code }), racer.call.account.update({ displayName: "After" })])
      const [row] = await bed.db.select().from(schema.members).where(eq(schema.members.userId, racer.userId))
      expect(row?.sortName).toBe("after")
    }
  })
  it("changes its password only with the old one, and ends the other sessions", async () => {
    const email = "pat@example.org"
    await bed.stranger().account.register(account(email))
    const input = { email, password: "correct horse battery", ...from }
    const [here, there] = [await signIn(bed.deps, input), await signIn(bed.deps, input)]
    const call = await bed.signedInAs(here.sessionId)
    expect(
      await failureCode(call.account.changePassword({ oldPassword: "guess", newPassword: "another long password" })),
    ).toBe("WRONG_CREDENTIALS")
    expect(await findSession(bed.deps, there.sessionId)).not.toBeNull()
    expect(
      await call.account.changePassword({ oldPassword: input.password, newPassword: "another long password" }),
    ).toEqual({ endedSessions: 1 })
    expect(await findSession(bed.deps, there.sessionId)).toBeNull()
    expect(await findSession(bed.deps, here.sessionId)).not.toBeNull()
    expect(await failureCode(signIn(bed.deps, input))).toBe("WRONG_CREDENTIALS")
    expect((await signIn(bed.deps, { ...input, password: "another long password" })).userId).toBe(here.userId)
  })
  it("is closed to who is not signed in", async () => {
    const stranger = bed.stranger()
    expect(await failureCode(stranger.account.me())).toBe("UNAUTHENTICATED")
    expect(await failureCode(stranger.account.update({ displayName: "X" }))).toBe("UNAUTHENTICATED")
    expect(await failureCode(stranger.app.bootstrap())).toBe("UNAUTHENTICATED")
    expect(await failureCode(stranger.gateway.ticket())).toBe("UNAUTHENTICATED")
  })
})
