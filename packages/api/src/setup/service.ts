import { AppError, type Snowflake } from "@hearth/core"
import { equalSecrets, schema, setupCode, transact } from "@hearth/db"
import { insertUser } from "../account/service.ts"
import { hashPassword } from "../account/password.ts"
import type { Context } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { instance } = schema

export interface SetupStatus {
  needsSetup: boolean
  instanceName: string | null
  registration: "open" | "invite"
}

/** What anybody may know before signing in. */
export const status = async ({ db }: Context): Promise<SetupStatus> => {
  const [row] = await db.select({ name: instance.name, registration: instance.registration }).from(instance)
  return { needsSetup: !row, instanceName: row?.name ?? null, registration: row?.registration ?? "open" }
}

const alreadySetUp = () => new AppError("ALREADY_SET_UP", "This Hearth is set up already. Sign in instead.")

/**
 * Names this Hearth and makes the first account, its administrator. The code is asked for always, also when it is too late:
 * who has it not learns nothing. Two at once: the one row of `instance` decides.
 */
export const create = async (
  ctx: Context,
  input: { code: string; instanceName: string; displayName: string; email: string; password: string },
): Promise<{ userId: Snowflake }> => {
  await takeLimits(ctx, { setupByAddress: ctx.address })
  if (!equalSecrets(input.code.toUpperCase(), setupCode(ctx.secret)))
    throw new AppError(
      "WRONG_SETUP_CODE",
      "That is not the code that was printed at the start. It stands at the end of the output.",
    )
  if (!(await status(ctx)).needsSetup) throw alreadySetUp()
  const passwordHash = await hashPassword(input.password)
  return transact(ctx.db, async (tx) => {
    const [first] = await tx
      .insert(instance)
      .values({ name: input.instanceName })
      .onConflictDoNothing()
      .returning({ id: instance.id })
    if (!first) throw alreadySetUp()
    const { email, displayName } = input
    const userId = await insertUser(tx, { email, displayName, passwordHash, isInstanceAdmin: true, now: ctx.clock() })
    return { userId }
  })
}
