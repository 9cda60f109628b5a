import { AppError } from "@hearth/core"
import { toAppError } from "@hearth/db"
import { initTRPC } from "@trpc/server"
import type { Context } from "./context.ts"
import { describeFailure, toTrpcError } from "./errors.ts"

const t = initTRPC.context<Context>().create({
  // Never a stack: this object is the whole answer that a client gets.
  errorFormatter: ({ shape, error }) => {
    const { appError, field } = describeFailure(error)
    const { code, httpStatus, path } = shape.data
    return { code: shape.code, message: appError.message, data: { code, httpStatus, path, appError, field } }
  },
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** The one edge at which an AppError becomes a TRPCError. */
export const anyone = t.procedure.use(async ({ next }) => {
  const result = await next()
  if (result.ok) return result
  const known = toAppError(result.error)
  if (known) throw toTrpcError(known)
  return result
})

export const signedIn = anyone.use(({ ctx, next }) => {
  if (!ctx.session) throw new AppError("UNAUTHENTICATED", "Please sign in.")
  return next({ ctx: { ...ctx, session: ctx.session } })
})

/** For who looks after the whole instance. Asked before anything else, so that a refusal tells nothing. */
export const administrator = signedIn.use(({ ctx, next }) => {
  if (!ctx.session.me.isInstanceAdmin)
    throw new AppError("FORBIDDEN", "Only administrators of this Hearth may do that.")
  return next()
})
