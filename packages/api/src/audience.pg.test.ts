import { type Audience, bits, type OutboxKind } from "@hearth/core"
import { schema } from "@hearth/db"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { signOut } from "./session/service.ts"
import { type Bed, type Person, testBed } from "./test-bed.ts"
import { reaches } from "./test-rooms.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

interface Scene {
  owner: Person
  /** In the server, and may not see #staff. */
  member: Person
  /** Shares no server with anybody here. */
  outsider: Person
  newcomer: Person
  guildId: string
  publicId: string
  staffId: string
  adminRole: string
  code: string
}

const scene = async (): Promise<Scene> => {
  const [owner, member, outsider, newcomer] = await Promise.all(
    ["Owner", "Member", "Outsider", "Newcomer"].map((name) => bed.person(name)),
  )
  if (!owner || !member || !outsider || !newcomer) throw new Error("nobody came")
  const { guild, channels, roles } = await owner.call.guild.create({ name: "Home" })
  const guildId = guild.id
  const staff = await owner.call.channel.create({ guildId, name: "staff" })
  await bed.db
    .insert(schema.channelOverwrites)
    .values({ channelId: staff.id, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") })
  const { code } = await owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  await member.call.invite.join({ code })
  return {
    owner,
    member,
    outsider,
    newcomer,
    guildId,
    publicId: channels[0]?.id ?? "",
    staffId: staff.id,
    adminRole: roles[1]?.id ?? "",
    code,
  }
}

interface Case {
  what: string
  act: (s: Scene) => Promise<unknown>
  /** All that is told, to whom. */
  told: (s: Scene) => [OutboxKind, Audience][]
  /** Kinds that reach the plain member. */
  memberHears: OutboxKind[]
}

const cases: Case[] = [
  {
    what: "renaming a server",
    act: ({ owner, guildId }) => owner.call.guild.update({ guildId, name: "New" }),
    told: ({ guildId }) => [["guild:updated", `guild:${guildId}`]],
    memberHears: ["guild:updated"],
  },
  {
    what: "deleting a server",
    act: ({ owner, guildId }) => owner.call.guild.delete({ guildId }),
    told: ({ guildId }) => [["guild:removed", `guild:${guildId}`]],
    memberHears: ["guild:removed"],
  },
  {
    what: "making another server",
    act: ({ owner }) => owner.call.guild.create({ name: "Other" }),
    told: ({ owner }) => [
      ["member:joined", "node"],
      ["guild:added", `user:${owner.userId}`],
    ],
    memberHears: [],
  },
  {
    what: "somebody's joining",
    act: ({ newcomer, code }) => newcomer.call.invite.join({ code }),
    told: ({ newcomer }) => [
      ["member:joined", "node"],
      ["guild:added", `user:${newcomer.userId}`],
    ],
    memberHears: [],
  },
  {
    what: "one's own leaving",
    act: ({ member, guildId }) => member.call.guild.leave({ guildId }),
    told: ({ member }) => [
      ["member:left", "node"],
      ["guild:removed", `user:${member.userId}`],
    ],
    memberHears: ["guild:removed"],
  },
  {
    what: "a removal",
    act: ({ owner, member, guildId }) => owner.call.member.kick({ guildId, userId: member.userId }),
    told: ({ member }) => [
      ["member:left", "node"],
      ["guild:removed", `user:${member.userId}`],
    ],
    memberHears: ["guild:removed"],
  },
  {
    what: "a public channel's making",
    act: ({ owner, guildId }) => owner.call.channel.create({ guildId, name: "open" }),
    told: ({ guildId }) => [["channel:added", `guild:${guildId}`]],
    memberHears: ["channel:added"],
  },
  {
    what: "a public channel's change",
    act: ({ owner, publicId }) => owner.call.channel.update({ channelId: publicId, topic: "x" }),
    told: ({ guildId }) => [["channel:updated", `guild:${guildId}`]],
    memberHears: ["channel:updated"],
  },
  {
    what: "a public channel's end",
    act: ({ owner, publicId }) => owner.call.channel.delete({ channelId: publicId }),
    told: ({ guildId }) => [["channel:removed", `guild:${guildId}`]],
    memberHears: ["channel:removed"],
  },
  {
    what: "a hidden channel's change",
    act: ({ owner, staffId }) => owner.call.channel.update({ channelId: staffId, name: "secret-plans" }),
    told: ({ staffId }) => [["channel:updated", `audience:${staffId}`]],
    memberHears: [],
  },
  {
    what: "a hidden channel's end",
    act: ({ owner, staffId }) => owner.call.channel.delete({ channelId: staffId }),
    told: ({ staffId }) => [["channel:removed", `audience:${staffId}`]],
    memberHears: [],
  },
  {
    what: "a new order with a hidden channel in it",
    act: ({ owner, guildId, publicId, staffId }) =>
      owner.call.channel.reorder({ guildId, channelIds: [staffId, publicId] }),
    told: ({ guildId, staffId }) => [
      ["channel:updated", `audience:${staffId}`],
      ["channel:updated", `guild:${guildId}`],
    ],
    memberHears: ["channel:updated"],
  },
  {
    what: "another's new role",
    act: async ({ owner, newcomer, code, guildId, adminRole }) => {
      await newcomer.call.invite.join({ code })
      await owner.call.member.setRoles({ guildId, userId: newcomer.userId, roleIds: [adminRole] })
    },
    told: ({ newcomer }) => [
      ["member:joined", "node"],
      ["guild:added", `user:${newcomer.userId}`],
      ["member:changed", "node"],
      ["me:roles", `user:${newcomer.userId}`],
      ["channel:added", `user:${newcomer.userId}`],
    ],
    memberHears: [],
  },
  {
    what: "another's new name",
    act: ({ owner }) => owner.call.account.update({ displayName: "Renamed" }),
    told: ({ owner }) => [
      ["me:updated", `user:${owner.userId}`],
      ["user:updated", `presence:${owner.userId}`],
    ],
    memberHears: [],
  },
  {
    what: "an invite's making and its end",
    act: async ({ owner, guildId }) => {
      const { code } = await owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
      await owner.call.invite.revoke({ code })
    },
    told: () => [],
    memberHears: [],
  },
  {
    what: "another's signing out",
    act: ({ owner }) => signOut(bed.deps, owner),
    told: ({ owner }) => [
      ["session:ended", `session:${owner.sessionId}`],
      ["session:revoked", "node"],
    ],
    memberHears: [],
  },
]

describe("who hears of what", () => {
  it.each(cases)("$what", async ({ act, told, memberHears }) => {
    const s = await scene()
    const [member, outsider] = [await s.member.bootstrap(), await s.outsider.bootstrap()]
    const since = await bed.head()
    await act(s)
    const rows = await bed.told(since)
    expect(rows.map((row) => [row.kind, row.audience])).toEqual(told(s))
    expect(rows.filter((row) => reaches(member, row)).map((row) => row.kind)).toEqual(memberHears)
    expect(rows.filter((row) => reaches(outsider, row))).toEqual([])
    // Nothing that reaches a plain member so much as names the hidden channel.
    const heard = JSON.stringify(rows.filter((row) => reaches(member, row)).map((row) => row.payload))
    expect(heard).not.toContain(s.staffId)
    expect(heard).not.toContain("staff")
  })
})
