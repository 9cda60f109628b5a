import { randomBytes } from "node:crypto"
import { DisplayName, Email, newSnowflake, Portrait, type Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { inArray } from "drizzle-orm"
import { z } from "zod"
import { hashPassword } from "../account/password.ts"
import type { Deps } from "../context.ts"

const { users } = schema

const ImportedAccount = z.object({
  email: Email,
  displayName: DisplayName,
  portrait: Portrait.optional(),
  /** Unix time in ms. Its id is of that time, too. */
  createdAt: z.number().int().nonnegative(),
})
export type ImportedAccount = z.input<typeof ImportedAccount>

/** Rows of one statement. */
const CHUNK = 500

/**
 * Makes accounts that nobody can sign in to: their password is random, and hashed once for all. Who is there stays as they
 * are. Answers everybody's id, by e-mail address as it was given.
 */
export const importAccounts = async (
  { db }: Pick<Deps, "db">,
  accounts: readonly ImportedAccount[],
  onProgress: (done: number) => void = () => {},
): Promise<Map<string, Snowflake>> => {
  const passwordHash = await hashPassword(randomBytes(32).toString("base64url"))
  const ids = new Map<string, Snowflake>()
  for (let at = 0; at < accounts.length; at += CHUNK) {
    const chunk = accounts.slice(at, at + CHUNK).map((account) => ImportedAccount.parse(account))
    const emails = chunk.map(({ email }) => email)
    const rows = chunk.map(({ createdAt, ...account }) => ({
      id: newSnowflake(createdAt),
      ...account,
      passwordHash,
      createdAt: new Date(createdAt),
    }))
    await db.insert(users).values(rows).onConflictDoNothing({ target: users.email })
    const found = await db.select({ id: users.id, email: users.email }).from(users).where(inArray(users.email, emails))
    const byEmail = new Map(found.map(({ id, email }) => [email, id]))
    chunk.forEach(({ email }, i) => {
      const id = byEmail.get(email)
      const given = accounts[at + i]?.email
      if (!id || given === undefined) throw new Error("an account was inserted, and is not there")
      ids.set(given, id)
    })
    onProgress(ids.size)
  }
  return ids
}
