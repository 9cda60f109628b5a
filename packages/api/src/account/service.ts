import { createHash } from "node:crypto"
import {
  AppError,
  Email,
  type Me,
  newSnowflake,
  presenceRoom,
  type Snowflake,
  type UserCard,
  userRoom,
} from "@hearth/core"
import { addToOutbox, cardColumns, type Queryable, schema, toCard, type Transaction, transact } from "@hearth/db"
import { and, eq, isNull } from "drizzle-orm"
import type { Context, Deps, SignedIn } from "../context.ts"
import { joinByCode, requireAlive } from "../invite/join.ts"
import { takeLimits } from "../limits.ts"
import { endSessions } from "../session/end.ts"
import { openSession } from "../session/service.ts"
import { checkPassword, hashPassword } from "./password.ts"
import { sortName } from "./sort-name.ts"

const { instance, members, users } = schema

/** Inserts an account, or refuses an address that has one. Two at once: the unique index decides. */
export const insertUser = async (
  tx: Transaction,
  account: { email: string; displayName: string; passwordHash: string; isInstanceAdmin: boolean; now: number },
): Promise<Snowflake> => {
  const { now, ...row } = account
  const [inserted] = await tx
    .insert(users)
    .values({ id: newSnowflake(now), ...row })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id })
  if (!inserted)
    throw new AppError("EMAIL_TAKEN", "There is an account with this e-mail address already. Sign in instead.")
  return inserted.id
}

export interface Registered {
  userId: Snowflake
  /** The server that the invite led into. */
  guildId: Snowflake | null
}

/** Makes an account, and joins by the invite in the same transaction when there is one. Signing in is a step of its own. */
export const register = async (
  ctx: Context,
  input: { email: string; password: string; displayName: string; inviteCode?: string | undefined },
): Promise<Registered> => {
  await takeLimits(ctx, { registerByAddress: ctx.address })
  const { db, clock } = ctx
  await requireOpenRegistration(db, input.inviteCode !== undefined)
  // Before the account: who was not invited does not learn which addresses have one.
  if (input.inviteCode !== undefined) await requireAlive(db, input.inviteCode, clock())
  // Before the transaction: it takes 50 ms, and as long for an address that is taken.
  const passwordHash = await hashPassword(input.password)
  return transact(db, async (tx) => {
    const { email, displayName, inviteCode } = input
    const userId = await insertUser(tx, { email, displayName, passwordHash, isInstanceAdmin: false, now: clock() })
    const joined = inviteCode === undefined ? null : await joinByCode(tx, { code: inviteCode, userId, now: clock() })
    return { userId, guildId: joined && joined.guildId }
  })
}

const requireOpenRegistration = async (q: Queryable, invited: boolean): Promise<void> => {
  const [row] = await q.select({ registration: instance.registration }).from(instance)
  if (!row)
    throw new AppError("REGISTRATION_CLOSED", "This Hearth is not set up yet. Whoever started it has a code for that.")
  if (row.registration === "invite" && !invited)
    throw new AppError("REGISTRATION_CLOSED", "One needs an invite to make an account here. Ask somebody who is in.")
}

export const me = ({ session }: SignedIn): Me => session.me

/** Renames an account: wherever its name orders a list, in the same transaction. */
export const update = async ({ db, session }: SignedIn, { displayName }: { displayName: string }): Promise<UserCard> =>
  transact(db, async (tx) => {
    const { userId } = session
    const [row] = await tx.update(users).set({ displayName }).where(eq(users.id, userId)).returning(cardColumns)
    if (!row) throw new AppError("UNAUTHENTICATED", "Please sign in.")
    const card = toCard(row)
    await tx
      .update(members)
      .set({ sortName: sortName(displayName) })
      .where(eq(members.userId, userId))
    addToOutbox(tx, userRoom(userId), "me:updated", card, { userId })
    addToOutbox(tx, presenceRoom(userId), "user:updated", card, { userId })
    return card
  })

/** Needs the old password, and ends every other session. */
export const changePassword = async (
  ctx: SignedIn,
  { oldPassword, newPassword }: { oldPassword: string; newPassword: string },
): Promise<{ endedSessions: number }> => {
  const { db, session } = ctx
  await takeLimits(ctx, { passwordByAccount: session.userId })
  const [row] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, session.userId))
  if (!(await checkPassword(oldPassword, row?.hash ?? null)))
    throw new AppError("WRONG_CREDENTIALS", "The old password is not right.")
  const passwordHash = await hashPassword(newPassword)
  return transact(db, async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, session.userId))
    return { endedSessions: await endSessions(tx, session.userId, { except: session.sessionId }) }
  })
}

const hashed = (s: string) => createHash("sha256").update(s).digest("base64url").slice(0, 22)

/**
 * Checks e-mail and password and opens a session. One answer, and the same work, for an account that does not exist, is
 * disabled, or has another password. RATE_LIMITED per account and per address.
 */
export const signIn = async (
  deps: Deps,
  input: { email: string; password: string; address: string; userAgent: string },
): Promise<{ userId: Snowflake; sessionId: string }> => {
  const email = Email.safeParse(input.email)
  // What is typed is never part of a key as it is: a limiter's keys are no place for e-mail addresses, nor for novels.
  const account = email.success ? email.data : "malformed"
  await takeLimits(deps, { loginByAccount: hashed(account), loginByAddress: input.address })
  const [user] = email.success
    ? await deps.db
        .select({ id: users.id, hash: users.passwordHash })
        .from(users)
        .where(and(eq(users.email, email.data), isNull(users.disabledAt)))
    : await deps.db.select({ id: users.id, hash: users.passwordHash }).from(users).where(eq(users.email, ""))
  const fits = await checkPassword(input.password.slice(0, 1000), user?.hash ?? null)
  if (!user || !fits) throw new AppError("WRONG_CREDENTIALS", "E-mail address or password is wrong.")
  return { userId: user.id, sessionId: await openSession(deps, { userId: user.id, ...input }) }
}
