import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  ALL_PERMISSIONS,
  type Actor,
  bit,
  bits,
  can,
  computePermissions,
  DEFAULT_PERMISSIONS,
  type GuildRules,
  has,
  isPublicChannel,
  outranks,
  type Overwrite,
  type Permission,
  permissionBits,
  permissionNames,
  rank,
  type Reason,
} from "./permission.ts"

const GUILD = "100"
const OWNER = "1"
const ALICE = "2"
const MODS = "201"
const GUESTS = "202"

const guildWith = (roles: GuildRules["roles"]): GuildRules => ({ guildId: GUILD, ownerId: OWNER, roles })
const everyone = (permissions: bigint) => ({ id: GUILD, position: 0, permissions })
const plain = guildWith([
  everyone(DEFAULT_PERMISSIONS),
  { id: GUESTS, position: 1, permissions: 0n },
  { id: MODS, position: 2, permissions: bits("MANAGE_MESSAGES", "KICK_MEMBERS") },
])
const alice: Actor = { userId: ALICE, roleIds: [] }
const mod: Actor = { userId: ALICE, roleIds: [MODS] }
const rule = (target: Overwrite["target"], targetId: string, allow: bigint, deny: bigint): Overwrite => ({
  target,
  targetId,
  allow,
  deny,
})

const permissionSets = fc.subarray(permissionNames).map((names) => bits(...names))
const withoutAdministrator = permissionSets.map((p) => p & ~bit("ADMINISTRATOR"))
const ROLE_IDS = ["201", "202", "203", "204"]
const USER_IDS = [OWNER, ALICE, "3"]
const guilds = (sets: fc.Arbitrary<bigint>): fc.Arbitrary<GuildRules> =>
  fc
    .tuple(
      sets,
      fc.uniqueArray(fc.record({ id: fc.constantFrom(...ROLE_IDS), permissions: sets }), { selector: (r) => r.id }),
    )
    .map(([base, roles]) => guildWith([everyone(base), ...roles.map((r, i) => ({ ...r, position: i + 1 }))]))
const actors: fc.Arbitrary<Actor> = fc.record({ userId: fc.constantFrom(...USER_IDS), roleIds: fc.subarray(ROLE_IDS) })
const members: fc.Arbitrary<Actor> = fc.record({ userId: fc.constantFrom(ALICE, "3"), roleIds: fc.subarray(ROLE_IDS) })
const overwriteLists: fc.Arbitrary<Overwrite[]> = fc.uniqueArray(
  fc.oneof(
    fc.record({
      target: fc.constant("role" as const),
      targetId: fc.constantFrom(GUILD, ...ROLE_IDS),
      allow: permissionSets,
      deny: permissionSets,
    }),
    fc.record({
      target: fc.constant("member" as const),
      targetId: fc.constantFrom(...USER_IDS),
      allow: permissionSets,
      deny: permissionSets,
    }),
  ),
  { selector: (o) => `${o.target}:${o.targetId}`, maxLength: 6 },
)

describe("permission bits", () => {
  it("never move: they lie in databases", () => {
    expect(permissionBits).toEqual({
      VIEW_CHANNEL: 0,
      SEND_MESSAGES: 1,
      ADD_REACTIONS: 2,
      MENTION_EVERYONE: 3,
      MANAGE_MESSAGES: 4,
      MANAGE_CHANNELS: 5,
      MANAGE_GUILD: 6,
      MANAGE_ROLES: 7,
      CREATE_INVITE: 8,
      MANAGE_INVITES: 9,
      KICK_MEMBERS: 10,
      BAN_MEMBERS: 11,
      ADMINISTRATOR: 12,
    })
  })
})

describe("what a member may do", () => {
  it("is the sum of @everyone and their roles", () => {
    expect(computePermissions(plain, mod).permissions).toBe(
      DEFAULT_PERMISSIONS | bits("MANAGE_MESSAGES", "KICK_MEMBERS"),
    )
  })

  it("does not come from roles they do not have", () => {
    expect(can(plain, alice, "KICK_MEMBERS")).toBe(false)
  })

  it("follows the order: @everyone's overwrite, then the roles', then the member's own", () => {
    const send = bit("SEND_MESSAGES")
    const closed = rule("role", GUILD, 0n, send)
    expect(can(plain, mod, "SEND_MESSAGES", [closed])).toBe(false)
    const openedForMods = [closed, rule("role", MODS, send, 0n)]
    expect(can(plain, mod, "SEND_MESSAGES", openedForMods)).toBe(true)
    expect(can(plain, alice, "SEND_MESSAGES", openedForMods)).toBe(false)
    const exceptAlice = [rule("member", ALICE, 0n, send), ...openedForMods]
    expect(can(plain, mod, "SEND_MESSAGES", exceptAlice)).toBe(false)
  })

  it("an allow of one role wins over a denial of another", () => {
    const both: Actor = { userId: ALICE, roleIds: [MODS, GUESTS] }
    const send = bit("SEND_MESSAGES")
    for (const list of [
      [rule("role", MODS, send, 0n), rule("role", GUESTS, 0n, send)],
      [rule("role", GUESTS, 0n, send), rule("role", MODS, send, 0n)],
    ])
      expect(can(plain, both, "SEND_MESSAGES", list)).toBe(true)
  })

  it("is nothing in a channel they may not view", () => {
    const hidden = [rule("role", GUILD, bit("SEND_MESSAGES"), bit("VIEW_CHANNEL"))]
    expect(computePermissions(plain, mod, hidden).permissions).toBe(0n)
  })

  it("an overwrite cannot make anybody an administrator", () => {
    const list = [rule("member", ALICE, ALL_PERMISSIONS, 0n)]
    expect(can(plain, alice, "ADMINISTRATOR", list)).toBe(false)
  })

  it("ignores roles of other servers", () => {
    expect(computePermissions(plain, { userId: ALICE, roleIds: ["999"] }).permissions).toBe(DEFAULT_PERMISSIONS)
  })
})

describe("owner and ADMINISTRATOR", () => {
  it("stand above every denial", () => {
    fc.assert(
      fc.property(guilds(withoutAdministrator), overwriteLists, (guild, overwrites) => {
        const admins = { id: "299", position: 99, permissions: bit("ADMINISTRATOR") }
        const withAdmins = guildWith([...guild.roles, admins])
        const owner: Actor = { userId: OWNER, roleIds: [] }
        const admin: Actor = { userId: ALICE, roleIds: ["299"] }
        expect(computePermissions(withAdmins, owner, overwrites).permissions).toBe(ALL_PERMISSIONS)
        expect(computePermissions(withAdmins, admin, overwrites).permissions).toBe(ALL_PERMISSIONS)
      }),
    )
  })

  it("are the only ones with ADMINISTRATOR", () => {
    fc.assert(
      fc.property(
        guilds(withoutAdministrator),
        members,
        fc.option(overwriteLists, { nil: undefined }),
        (guild, actor, overwrites) => {
          expect(can(guild, actor, "ADMINISTRATOR", overwrites)).toBe(false)
        },
      ),
    )
  })
})

describe("monotonicity", () => {
  it("a role more never takes anything away in the guild", () => {
    fc.assert(
      fc.property(guilds(permissionSets), members, fc.constantFrom(...ROLE_IDS), (guild, actor, more) => {
        const before = computePermissions(guild, actor).permissions
        const after = computePermissions(guild, { ...actor, roleIds: [...actor.roleIds, more] }).permissions
        expect(before & ~after).toBe(0n)
      }),
    )
  })

  it("a denial more never gives anything in a channel", () => {
    fc.assert(
      fc.property(
        guilds(permissionSets),
        actors,
        overwriteLists,
        permissionSets,
        fc.nat(),
        (guild, actor, list, more, at) => {
          if (list.length === 0) return
          const i = at % list.length
          const stricter = list.map((o, j) => (j === i ? { ...o, deny: o.deny | more } : o))
          const before = computePermissions(guild, actor, list).permissions
          const after = computePermissions(guild, actor, stricter).permissions
          expect(after & ~before).toBe(0n)
        },
      ),
    )
  })

  it("an allow more never takes anything away in a channel", () => {
    fc.assert(
      fc.property(
        guilds(permissionSets),
        actors,
        overwriteLists,
        permissionSets,
        fc.nat(),
        (guild, actor, list, more, at) => {
          if (list.length === 0) return
          const i = at % list.length
          const looser = list.map((o, j) => (j === i ? { ...o, allow: o.allow | more } : o))
          const before = computePermissions(guild, actor, list).permissions
          const after = computePermissions(guild, actor, looser).permissions
          expect(before & ~after).toBe(0n)
        },
      ),
    )
  })

  it("the order in which overwrites lie in a list does not matter", () => {
    fc.assert(
      fc.property(guilds(permissionSets), actors, overwriteLists, (guild, actor, list) => {
        expect(computePermissions(guild, actor, [...list].reverse()).permissions).toBe(
          computePermissions(guild, actor, list).permissions,
        )
      }),
    )
  })
})

/** What the trace alone says, worked out without the rules or the actor. */
const replay = (trace: Reason[]): bigint => {
  let permissions = 0n
  let stage = ""
  let base = 0n
  let allow = 0n
  let deny = 0n
  for (const reason of trace) {
    if (reason.by === "owner" || reason.by === "administrator") return ALL_PERMISSIONS
    if (reason.by === "hidden") return 0n
    if (reason.by === "role") {
      permissions |= reason.grants
      continue
    }
    const now = reason.target === "member" ? "member" : reason.targetId === GUILD ? "everyone" : "roles"
    if (now !== stage) {
      stage = now
      base = permissions
      allow = 0n
      deny = 0n
    }
    allow |= reason.allow
    deny |= reason.deny
    permissions = (base & ~deny) | allow
  }
  return permissions & ~bit("ADMINISTRATOR")
}

describe("the trace", () => {
  it("explains the result: applied by itself, it gives the same permissions", () => {
    fc.assert(
      fc.property(
        guilds(permissionSets),
        actors,
        fc.option(overwriteLists, { nil: undefined }),
        (guild, actor, overwrites) => {
          const { permissions, trace } = computePermissions(guild, actor, overwrites)
          expect(replay(trace)).toBe(permissions)
        },
      ),
    )
  })

  it("names only roles that the member has", () => {
    fc.assert(
      fc.property(guilds(permissionSets), actors, overwriteLists, (guild, actor, overwrites) => {
        for (const reason of computePermissions(guild, actor, overwrites).trace) {
          if (reason.by === "role" || reason.by === "administrator")
            expect([GUILD, ...actor.roleIds]).toContain(reason.roleId)
          if (reason.by === "overwrite") expect([GUILD, actor.userId, ...actor.roleIds]).toContain(reason.targetId)
        }
      }),
    )
  })
})

describe("can", () => {
  it("says the same as computePermissions, for every permission", () => {
    fc.assert(
      fc.property(
        guilds(permissionSets),
        actors,
        overwriteLists,
        fc.constantFrom(...permissionNames),
        (guild, actor, list, p) => {
          expect(can(guild, actor, p, list)).toBe(has(computePermissions(guild, actor, list).permissions, p))
        },
      ),
    )
  })

  it("allows nothing in a channel without VIEW_CHANNEL", () => {
    fc.assert(
      fc.property(
        guilds(permissionSets),
        actors,
        overwriteLists,
        fc.constantFrom<Permission>(...permissionNames),
        (guild, actor, list, p) => {
          if (!can(guild, actor, "VIEW_CHANNEL", list)) expect(can(guild, actor, p, list)).toBe(false)
        },
      ),
    )
  })
})

describe("hierarchy", () => {
  it("is a strict order: nobody outranks themselves, and never two each other", () => {
    fc.assert(
      fc.property(guilds(permissionSets), actors, actors, (guild, a, b) => {
        expect(outranks(guild, a, a)).toBe(false)
        expect(outranks(guild, a, b) && outranks(guild, b, a)).toBe(false)
      }),
    )
  })

  it("the owner outranks everybody else, and nobody outranks the owner", () => {
    fc.assert(
      fc.property(guilds(permissionSets), members, (guild, member) => {
        const owner: Actor = { userId: OWNER, roleIds: [] }
        expect(outranks(guild, owner, member)).toBe(true)
        expect(outranks(guild, member, owner)).toBe(false)
      }),
    )
  })

  it("goes by the highest role, and equals do not manage each other", () => {
    const guest: Actor = { userId: "3", roleIds: [GUESTS] }
    expect(rank(plain, { userId: ALICE, roleIds: [GUESTS, MODS] })).toBe(2)
    expect(outranks(plain, mod, guest)).toBe(true)
    expect(outranks(plain, mod, { userId: "4", roleIds: [MODS] })).toBe(false)
    expect(rank(plain, alice)).toBe(0)
  })
})

describe("a public channel", () => {
  it("is one that every member may view", () => {
    fc.assert(
      fc.property(guilds(permissionSets), actors, overwriteLists, (guild, actor, list) => {
        if (isPublicChannel(guild, list)) expect(can(guild, actor, "VIEW_CHANNEL", list)).toBe(true)
      }),
    )
  })

  it("is not one with a single denial, whoever it is for", () => {
    const deny = bit("VIEW_CHANNEL")
    expect(isPublicChannel(plain, [])).toBe(true)
    expect(isPublicChannel(plain, [rule("role", GUESTS, 0n, bit("SEND_MESSAGES"))])).toBe(true)
    for (const [target, id] of [
      ["role", GUILD],
      ["role", GUESTS],
      ["member", ALICE],
    ] as const)
      expect(isPublicChannel(plain, [rule(target, id, 0n, deny)])).toBe(false)
    expect(isPublicChannel(guildWith([everyone(0n)]), [])).toBe(false)
  })
})
