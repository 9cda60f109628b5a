import type { Snowflake } from "@hearth/core"
import { setupCode } from "@hearth/db"
import { inLanes } from "@hearth/testing/in-lanes"
import { Api, newEmail, PASSWORD } from "../e2e/support/api.ts"
import type { Deployment } from "./deployment.ts"
import type { Account } from "./member.ts"

const AT_ONCE = 4

const signedIn = async (url: string, email: string): Promise<Account> => {
  const api = new Api(url)
  if (!(await api.signIn(email, PASSWORD))) throw new Error(`${email} could not sign in`)
  const { id } = await api.query<{ id: Snowflake }>("account.me")
  const sessions = await api.query<{ items: { id: string; current: boolean }[] }>("session.list", {})
  const session = sessions.items.find(({ current }) => current)
  if (!session) throw new Error("one who is signed in has no session")
  return { userId: id, sessionId: session.id, email, api }
}

/** Sets the new Hearth up, as the person who started it. */
export const firstAccount = async ({ url, secret }: Deployment): Promise<Account> => {
  const email = newEmail("owner")
  const input = { instanceName: "Faults", displayName: "Owner", email, password: PASSWORD }
  await new Api(url).mutate("setup.create", { code: setupCode(secret), ...input })
  return signedIn(url, email)
}

export const newAccounts = ({ url }: Deployment, invite: string, count: number): Promise<Account[]> =>
  inLanes(
    Array.from({ length: count }, (_, i) => `person-${i + 1}`),
    AT_ONCE,
    async (displayName) => {
      const email = newEmail(displayName)
      const input = { email, password: PASSWORD, displayName, inviteCode: invite }
      await new Api(url).mutate("account.register", input)
      return signedIn(url, email)
    },
  )

export interface Place {
  guildId: Snowflake
  channels: Snowflake[]
  invite: string
}

/** What nobody may hear of who is not there. */
export const secretsOf = ({ guildId, channels }: Place): string[] => [guildId, ...channels]

/** A server with so many channels, and an invite to it. */
export const newPlace = async ({ api }: Account, channels: number): Promise<Place> => {
  const snapshot = await api.mutate<{ guild: { id: Snowflake }; channels: { id: Snowflake }[] }>("guild.create", {
    name: "A place to break",
  })
  const guildId = snapshot.guild.id
  const ids = snapshot.channels.map(({ id }) => id)
  while (ids.length < channels) {
    const input = { guildId, name: `channel-${ids.length}` }
    ids.push((await api.mutate<{ id: Snowflake }>("channel.create", input)).id)
  }
  const input = { guildId, expiresInMs: null, maxUses: null }
  const { code } = await api.mutate<{ code: string }>("invite.create", input)
  return { guildId, channels: ids.slice(0, channels), invite: code }
}

export const join = async ({ api }: Account, { invite }: Place): Promise<void> =>
  void (await api.mutate("invite.join", { code: invite }))
