import type { Person } from "./person.ts"

export type People = (...names: string[]) => Promise<Person[]>

/** Alice, who made a server, and Bob, who is in it: each in a browser of their own, in its first channel. */
export const inCompany = async (people: People) => {
  const [alice, bob] = await people("Alice", "Bob")
  if (!alice || !bob) throw new Error("nobody")
  const { guildId, channelId } = await alice.hasServer("Home")
  await bob.joins(await alice.invite(guildId))
  return { alice, bob, guildId, channelId }
}

export const idOf = async (person: Person): Promise<string> =>
  (await (await person.api()).query<{ id: string }>("account.me")).id
