import { bits, CONVERSATION_PERMISSIONS, DEFAULT_PERMISSIONS, snowflakeAt } from "@hearth/core"
import { type Database, openDatabase, schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import { ADMIN } from "../support/test.ts"
import { emailOf, type Name, people } from "./people.ts"
import { answers, aside, manyNames, NOW, overfull, READ, rota, type Said, talk } from "./talk.ts"

export const LARKFIELD = "5000"
export const ASTRONOMERS = "5001"
export const INVITE = "larkfield"
export const NEW = "5010"
export const channels = { mirrorLab: "6001", dome: "6002", electronics: "6004", reports: "6100", fresh: "6800" }
/** Hangs on the first message of electronics. */
export const THREAD = "6900"

/** What Ingrid has beside servers: Maren has nothing of it, whose pictures are of other things. */
export const WITH_NGOZI = "7000"
const ROTA = "7001"

const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
/** Beyond any real clock: what rang would count, and say when it really did. */
const FAR = new Date("2046-03-15T09:00:00+01:00")
const names = Object.keys(people) as Name[]
const inServers = names.filter((name) => name !== "beatriz" && name !== "pim")

/**
 * Writes people, servers and what they said straight into the database, with ids and times that are always the same: no service
 * would take those, and every picture depends on them. Before anybody connects: no node has to be told.
 */
export const furnish = async (databaseUrl: string): Promise<void> => {
  const db = openDatabase({ url: databaseUrl, max: 1 })
  try {
    await addPeople(db)
    await addServer(db, LARKFIELD, "Larkfield Observatory", [
      {
        id: channels.mirrorLab,
        name: "mirror-lab",
        topic: "Grinding, figuring and testing the 40 cm. Wash your hands between grits.",
      },
      {
        id: channels.dome,
        name: "dome-automation",
        topic: "For the motor, the rain sensor and everything that should open by itself.",
      },
      ...["announcements", "electronics", "firmware", "tonight", "planets", "tea-and-cake", "lost-and-found"].map(
        (name, i) => ({ id: String(6003 + i), name }),
      ),
    ])
    await addServer(db, ASTRONOMERS, "The Amateur Astronomers of the Northern Hill", [
      {
        id: channels.reports,
        name: "observing-reports-from-the-northern-hill",
        topic: "Write what you saw, not what you hoped to see. ".repeat(5).trim(),
      },
      ...Array.from({ length: 499 }, (_, i) => ({ id: String(6101 + i), name: manyNames[i] ?? `field-notes-${i}` })),
    ])
    await addServer(db, "5002", "Mendhaus", [{ id: "6700", name: "general" }])
    await addServer(db, "5003", "Kayak Club", [{ id: "6701", name: "general" }])
    await addServer(db, NEW, "Lantern Walks", [{ id: channels.fresh, name: "general" }], ["pim"])
    await say(db, channels.mirrorLab, talk)
    await say(db, channels.reports, overfull)
    await say(db, channels.electronics, [{ by: "jiho", ago: 30, content: "The board is here." }])
    await hang(db, answers)
    await addFriends(db, "ingrid", ["ngozi", "hana", "tomas", "wiremu", "leila", "zoe"])
    await addConversation(db, WITH_NGOZI, "", ["ingrid", "ngozi"], aside)
    await addConversation(db, ROTA, "Cake rota", ["ingrid", "tomas", "leila", "hana", "jiho"], rota)
    await report(db)
    await db.insert(schema.readStates).values([
      { userId: people.maren.id, channelId: channels.mirrorLab, lastReadSeq: READ },
      { userId: people.maren.id, channelId: channels.reports, lastReadSeq: overfull.length },
    ])
    await db.insert(schema.savedMessages).values([
      { userId: people.maren.id, channelId: channels.mirrorLab, seq: 4, savedAt: ago(20), remindAt: FAR },
      { userId: people.maren.id, channelId: channels.reports, seq: 3, savedAt: ago(200) },
    ])
    await db.insert(schema.invites).values({ code: INVITE, guildId: LARKFIELD, createdBy: people.ngozi.id })
  } finally {
    await db.$client.end()
  }
}

/** All have the admin's password. */
const addPeople = async (db: Database): Promise<void> => {
  const admin = await db.query.users.findFirst({ where: (u, { eq }) => eq(u.email, ADMIN.email) })
  if (!admin) throw new Error("this Hearth is not set up")
  const { passwordHash } = admin
  await db
    .insert(schema.users)
    .values(
      names.map((name) => ({ ...people[name], email: emailOf(name), passwordHash, createdAt: ago(60 * 24 * 90) })),
    )
}

const addServer = async (
  db: Database,
  id: string,
  name: string,
  list: readonly { id: string; name: string; topic?: string }[],
  who: readonly Name[] = inServers,
): Promise<void> => {
  const keepers = `${id}1`
  const owner = people[who[0] ?? "maren"]
  await db.insert(schema.guilds).values({ id, name, ownerId: owner.id, createdAt: ago(60 * 24 * 90) })
  await db.insert(schema.roles).values([
    { id, guildId: id, name: "everyone", position: 0, permissions: DEFAULT_PERMISSIONS },
    {
      id: keepers,
      guildId: id,
      name: "Keepers",
      position: 1,
      permissions: DEFAULT_PERMISSIONS | bits("MANAGE_MESSAGES"),
      hoisted: true,
    },
  ])
  await db.insert(schema.members).values(
    who.map((name, i) => ({
      guildId: id,
      userId: people[name].id,
      roleIds: ["ngozi", "wiremu", "ingrid"].includes(name) ? [keepers] : [],
      sortName: people[name].displayName.normalize("NFKC").toLowerCase(),
      joinedAt: ago(60 * 24 * (80 - i)),
    })),
  )
  await db.insert(schema.channels).values(list.map((channel, position) => ({ ...channel, guildId: id, position })))
  await db.insert(schema.channelHeads).values(list.map((channel) => ({ channelId: channel.id })))
}

const idAt = (minutes: number) => String(snowflakeAt(ago(minutes).getTime()))

/** Friends of somebody, one who would like to be, and one who has not answered. */
const addFriends = async (db: Database, name: Name, friends: readonly Name[]): Promise<void> => {
  const { id } = people[name]
  const pairs = friends.map((friend) => [id, people[friend].id].sort((a, b) => Number(a) - Number(b)))
  await db.insert(schema.friendships).values(pairs.map(([lowId = "", highId = ""]) => ({ lowId, highId })))
  await db.insert(schema.friendRequests).values([
    { id: idAt(50), fromId: people.jiho.id, toId: id, state: "pending" },
    { id: idAt(70), fromId: id, toId: people.thu.id, state: "pending" },
  ])
  // The server tells how long ago that is by its own clock: hours, which do not become more while pictures are taken.
  const at = new Date(Date.now() - 3.2 * 3_600_000)
  await db.insert(schema.lastActive).values([id, people.leila.id].map((userId) => ({ userId, at })))
}

/** All of it was read by everybody. */
const addConversation = async (
  db: Database,
  id: string,
  name: string,
  who: readonly Name[],
  said: readonly Said[],
): Promise<void> => {
  const [first = "", second = ""] = who.map((one) => people[one].id).sort((a, b) => Number(a) - Number(b))
  const [lowId, highId] = who.length === 2 ? [first, second] : [null, null]
  const [owner = "maren"] = who
  const ownerId = people[owner].id
  await db.insert(schema.guilds).values({ id, name, ownerId })
  await db
    .insert(schema.roles)
    .values({ id, guildId: id, name: "everyone", position: 0, permissions: CONVERSATION_PERMISSIONS })
  await db.insert(schema.channels).values({ id, guildId: id, name: "", position: 0 })
  await db.insert(schema.channelHeads).values({ channelId: id })
  const lastAt = ago(Math.min(...said.map((m) => m.ago)))
  await db.insert(schema.conversations).values({ id, lowId, highId, ownerId: lowId === null ? ownerId : null, lastAt })
  const ids = who.map((one) => ({ userId: people[one].id, sortName: people[one].displayName.toLowerCase() }))
  await db.insert(schema.members).values(ids.map((one) => ({ ...one, guildId: id })))
  await db.insert(schema.conversationMembers).values(ids.map(({ userId }) => ({ userId, conversationId: id })))
  await say(db, id, said)
  const read = said.length
  await db.insert(schema.readStates).values(ids.map(({ userId }) => ({ userId, channelId: id, lastReadSeq: read })))
  await db
    .insert(schema.receipts)
    .values(ids.map(({ userId }) => ({ userId, conversationId: id, delivered: read, read })))
}

/** For who looks after this Hearth, who is Ayşe, too. */
const report = async (db: Database): Promise<void> => {
  await db.update(schema.users).set({ isInstanceAdmin: true }).where(eq(schema.users.id, people.ayse.id))
  await db.insert(schema.reports).values([
    {
      ...{ id: idAt(40), reporterId: people.hana.id, reportedId: people.pim.id, about: "message-request" },
      text: "Wants to sell me a lens, and then another one. I said no twice.",
    },
    { id: idAt(400), reporterId: people.thu.id, reportedId: people.zoe.id, about: "friend-request", text: "" },
  ])
}

/** A thread, and the line on its message, as its consumer writes them. */
const hang = async (db: Database, said: readonly Said[]): Promise<void> => {
  const { electronics } = channels
  const lastAt = ago(Math.min(...said.map((m) => m.ago)))
  const line = { id: THREAD, replies: said.length, people: [...new Set(said.map((m) => people[m.by].id))].reverse() }
  await db.insert(schema.channels).values({
    id: THREAD,
    guildId: LARKFIELD,
    parentId: electronics,
    name: "thread",
    position: 0,
    lastSeq: said.length,
  })
  await db.insert(schema.channelHeads).values({ channelId: THREAD })
  await db.insert(schema.threads).values({ ...line, channelId: electronics, seq: 1, startedBy: people.ayse.id, lastAt })
  await say(db, THREAD, said)
  await db
    .update(schema.messages)
    .set({ extra: { thread: { ...line, lastAt: lastAt.getTime() } } })
    .where(eq(schema.messages.channelId, electronics))
}

const say = async (db: Database, channelId: string, said: readonly Said[]): Promise<void> => {
  const rows = said.map(({ by, ago: minutes, content, replyTo = null, edited = false, reactions = {} }, i) => ({
    channelId,
    seq: i + 1,
    id: String(snowflakeAt(ago(minutes).getTime()) + BigInt(i)),
    mver: i + 1,
    version: edited ? 2 : 1,
    authorId: people[by].id,
    nonce: `picture-nonce-${i + 1}`,
    body: Buffer.from(content),
    createdAt: ago(minutes),
    editedAt: edited ? ago(minutes - 1) : null,
    replyTo,
    reactions,
  }))
  await db.insert(schema.messages).values(rows)
  const last = rows.at(-1)
  await db
    .update(schema.channelHeads)
    .set({ head: rows.length, ver: rows.length, lastId: last?.id ?? "0" })
    .where(eq(schema.channelHeads.channelId, channelId))
  await db.update(schema.channels).set({ lastSeq: rows.length }).where(eq(schema.channels.id, channelId))
}
