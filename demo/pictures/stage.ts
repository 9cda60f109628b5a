import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Snowflake, snowflakeTime } from "@hearth/core"
import { schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import { runHearth } from "../../scripts/supervisor/run.ts"
import { createVoice } from "../../scripts/supervisor/voice.ts"
import { readDemoConfig } from "../args.ts"
import { demoPassword, me } from "../fill/account.ts"
import { signInAs } from "../fill/caller.ts"
import { openDeps, type OpenDeps } from "../fill/deps.ts"
import { type Filled, type FilledChannel, fill } from "../fill/fill.ts"
import { markRead } from "../live/reads.ts"
import type { Person } from "../plan/cast.ts"
import { sizes } from "../plan/places.ts"
import { type Company, gather } from "./company.ts"

export interface Account {
  person: Person
  userId: Snowflake
  password: string
}

/** A Hearth with a small demo in it, and people in their places: all that the pictures are of. */
export interface Stage {
  url: string
  /** The moment at which it all was written: what pictures call now. */
  now: number
  /** The demo's own person, and the one who asked them something in #mirror-lab. */
  me: Account
  friend: Account
  company: Company
  channel(name: string): FilledChannel
  /** The address of an invite to the server. */
  invite: string
}

/** Closed with `open`, in the other order. */
export const openStage = async (open: AsyncDisposableStack): Promise<Stage> => {
  const data = mkdtempSync(join(tmpdir(), "hearth-pictures-"))
  open.defer(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }))
  // As root, PostgreSQL runs as another user, who must get here.
  chmodSync(data, 0o711)
  const { deps, filled, url } = await start(data, open)
  await markRead(deps, filled, url)

  const channel = (name: string): FilledChannel => {
    const found = filled.channels.find(({ plan }) => plan.name === name)
    if (!found) throw new Error(`there is no #${name}`)
    return found
  }
  const lab = channel("mirror-lab")
  const [friend, ...others] = await peopleIn(lab, deps, filled)
  if (!friend) throw new Error("#mirror-lab is empty")
  const company = await gather({ deps, filled, url, channel, home: others }, open)

  const owner = await signInAs(deps, filled.userId)
  open.defer(() => owner.signOut())
  const { code } = await owner.call.invite.create({ guildId: lab.guildId, maxUses: null, expiresInMs: null })
  const password = demoPassword(deps.secret)
  return {
    url,
    now: snowflakeTime(lab.guildId),
    me: { person: me, userId: filled.userId, password },
    friend: { person: friend, userId: await letIn(friend, deps, filled), password },
    company,
    channel,
    invite: `/invite/${code}`,
  }
}

/** The demo as it is, with nobody in it, on data that go away with it. The reader's own settings are not for it. */
const start = async (data: string, open: AsyncDisposableStack) => {
  const { config } = readDemoConfig(["--size", "small", "--data", data, "--port", "0", "--json"], {
    PATH: process.env["PATH"],
    LOG_LEVEL: "warn",
    // One address plays many people.
    RATE_LIMIT_SCALE: "1000",
  })
  const silent = { ...createVoice(true), progress: () => {}, event: () => {}, ready: () => {} }
  let deps: OpenDeps | undefined
  let filled: Filled | undefined
  const hearth = await runHearth(config, silent, async ({ databaseUrl }, secret) => {
    deps = await openDeps({ databaseUrl, secret })
    filled = await fill(deps, { size: sizes.small, signal: new AbortController().signal })
  })
  open.defer(() => hearth.stop())
  if (!deps || !filled) throw new Error("a Hearth that is ready, and was not filled")
  return { deps: open.use(deps), filled, url: hearth.url }
}

/** Who wrote the newest messages there, the one who addressed us first, then all who talk in that server. */
const peopleIn = async ({ channelId, guild }: FilledChannel, { store }: OpenDeps, filled: Filled) => {
  const { messages } = await store.page(channelId, {}, 30)
  const newest = messages.toReversed()
  const question = newest.find(({ content }) => /^<@\d+> could you/.test(content ?? ""))
  if (!question) throw new Error("nobody in #mirror-lab has asked us anything")
  const talkers = filled.talkersOf(guild)
  const authors = [question, ...newest].flatMap(
    ({ authorId }) => talkers.find((person) => filled.idOf(person) === authorId) ?? [],
  )
  return [...new Set([...authors, ...talkers])]
}

/** Nobody can sign in as the demo's other people: this one gets the password of our own, on this stage only. */
const letIn = async (person: Person, { db }: OpenDeps, filled: Filled): Promise<Snowflake> => {
  const { users } = schema
  const [own] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, filled.userId))
  if (!own) throw new Error("our own account is gone")
  const userId = filled.idOf(person)
  await db.update(users).set(own).where(eq(users.id, userId))
  return userId
}
