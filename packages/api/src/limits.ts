import { AppError } from "@hearth/core"
import type { Limit } from "@hearth/db/rate-limits"
import type { Deps } from "./context.ts"

const perMinute = (n: number) => n / 60
const perHour = (n: number) => n / 3600

/** Every limit of the HTTP side. Those by address are wider than those by account: a household or a school shares one. */
export const limitTable = {
  loginByAccount: { name: "login:account", burst: 10, perSecond: perMinute(1) },
  loginByAddress: { name: "login:address", burst: 50, perSecond: perMinute(10) },
  registerByAddress: { name: "register:address", burst: 20, perSecond: perHour(20) },
  setupByAddress: { name: "setup:address", burst: 10, perSecond: perMinute(2) },
  passwordByAccount: { name: "password:account", burst: 5, perSecond: perMinute(1) },
  inviteByAddress: { name: "invite:address", burst: 60, perSecond: perMinute(20) },
  joinByAccount: { name: "join:account", burst: 20, perSecond: perMinute(4) },
  inviteCreateByAccount: { name: "invite-create:account", burst: 20, perSecond: perMinute(6) },
  guildCreateByAccount: { name: "guild-create:account", burst: 10, perSecond: perHour(20) },
  channelCreateByAccount: { name: "channel-create:account", burst: 50, perSecond: perMinute(20) },
} as const satisfies Record<string, Limit>

/** Takes one from each of the buckets, or none and RATE_LIMITED. */
export const takeLimits = async (
  { limits, limitScale = 1 }: Pick<Deps, "limits" | "limitScale">,
  takes: Partial<Record<keyof typeof limitTable, string>>,
): Promise<void> => {
  const taken = await limits.take(
    Object.entries(takes).map(([key, subject]) => {
      const limit = limitTable[key as keyof typeof limitTable]
      return {
        limit: { ...limit, burst: limit.burst * limitScale, perSecond: limit.perSecond * limitScale },
        subject,
      }
    }),
  )
  if (taken.ok) return
  const seconds = Math.ceil(taken.retryAfterMs / 1000)
  throw new AppError("RATE_LIMITED", `That was too often. Please try again in ${seconds} s.`, {
    retryAfterMs: taken.retryAfterMs,
  })
}
