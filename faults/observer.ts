import type { Presence, Snowflake } from "@hearth/core"
import { connectClient, type TestClient, waitUntil } from "@hearth/testing"
import { now } from "./history.ts"
import type { Account } from "./member.ts"
import { join, newAccounts } from "./place.ts"
import type { Stage } from "./stage.ts"

export interface Told {
  at: number
  userId: Snowflake
  presence: Presence
}

const COME_MS = 60_000

/** People of the place who do nothing, each with one connection that nobody opens anew. */
export const quietPeople = async (stage: Stage, urls: readonly string[]): Promise<Quiet[]> => {
  const accounts = await newAccounts(stage.deployment, stage.place.invite, urls.length)
  const people: Quiet[] = []
  for (const [i, account] of accounts.entries()) {
    await join(account, stage.place)
    people.push(await Quiet.open(stage, account, urls[i] ?? ""))
  }
  return people
}

/** One connection, and what it is told of how others are. */
export class Quiet {
  readonly userId: Snowflake
  readonly url: string
  readonly told: Told[] = []
  /** Packets of presence. */
  packets = 0
  readonly #client: TestClient

  private constructor(account: Account, url: string, client: TestClient) {
    this.userId = account.userId
    this.url = url
    this.#client = client
    client.socket.on("presence:changed", ({ presences }) => {
      this.packets++
      const at = now()
      for (const [userId, presence] of Object.entries(presences)) this.told.push({ at, userId, presence })
    })
  }

  static async open(stage: Stage, account: Account, url: string): Promise<Quiet> {
    const enter = async () => {
      const { ticket } = await account.api.mutate<{ ticket: string }>("gateway.ticket")
      const user = { id: account.userId, sessionId: account.sessionId }
      return connectClient({ url, secret: "", user, ticket })
    }
    const client = await waitUntil("a quiet one to be let in", () => enter().catch(() => undefined), COME_MS)
    stage.stack.defer(() => client.close())
    return new Quiet(account, url, client)
  }

  get connected(): boolean {
    return this.#client.socket.connected
  }

  /** Shows these from now on. Answers how they are; null: nobody could say. */
  watch(userIds: readonly Snowflake[]): Promise<Record<Snowflake, Presence> | null> {
    return this.#client.command("presence:watch", { userIds: [...userIds] }).then(
      ({ presences }) => presences,
      () => null,
    )
  }

  /** Until it is told that all of them are like that. */
  async sees(userIds: readonly Snowflake[], presence: Presence, withinMs = COME_MS): Promise<void> {
    const all = async () => {
      const presences = await this.watch(userIds)
      return presences !== null && userIds.every((id) => presences[id] === presence)
    }
    await waitUntil(`${userIds.length} people to be ${presence}`, all, withinMs)
  }

  /** What it was told of somebody since then. */
  of(userId: Snowflake, since: number): Told[] {
    return this.told.filter((told) => told.userId === userId && told.at >= since)
  }

  close(): void {
    this.#client.close()
  }
}

export const idsOf = (people: readonly { userId: Snowflake }[]): Snowflake[] => people.map(({ userId }) => userId)
