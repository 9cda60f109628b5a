import { isIPv6 } from "node:net"
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
  checkByAccount: { name: "check:account", burst: 60, perSecond: 2 },
  threadByAccount: { name: "thread:account", burst: 30, perSecond: perMinute(20) },
  conversationByAccount: { name: "conversation:account", burst: 30, perSecond: perMinute(20) },
  pictureByAccount: { name: "picture:account", burst: 10, perSecond: perHour(60) },
  friendByAccount: { name: "friend:account", burst: 30, perSecond: perMinute(20) },
  friendCodeByAccount: { name: "friend-code:account", burst: 20, perSecond: perHour(20) },
  reportByAccount: { name: "report:account", burst: 10, perSecond: perHour(10) },
  laterByAccount: { name: "later:account", burst: 60, perSecond: 2 },
  alertByAccount: { name: "alert:account", burst: 40, perSecond: 1 },
  scheduleByAccount: { name: "schedule:account", burst: 30, perSecond: 1 },
  statusByAccount: { name: "status:account", burst: 30, perSecond: 1 },
  lastActiveByAccount: { name: "last-active:account", burst: 120, perSecond: 1 },
  draftByAccount: { name: "draft:account", burst: 30, perSecond: 2 },
} as const satisfies Record<string, Limit>

/** Who an address stands for: of IPv6 the /64, since whoever has one address has all of that network's. */
export const networkOf = (address: string): string => {
  const [plain = ""] = address.split("%")
  if (!isIPv6(plain)) return address
  // In the form that every spelling of an address comes to.
  const [head = "", tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::")
  const groups = head === "" ? [] : head.split(":")
  const rest = tail === undefined || tail === "" ? [] : tail.split(":")
  const all = [...groups, ...Array.from({ length: 8 - groups.length - rest.length }, () => "0"), ...rest]
  // An IPv4 address in IPv6's clothes is one host.
  return /^0(:0){4}:ffff$/.test(all.slice(0, 6).join(":")) ? all.join(":") : `${all.slice(0, 4).join(":")}::/64`
}

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
        subject: key.endsWith("ByAddress") ? networkOf(subject) : subject,
      }
    }),
  )
  if (taken.ok) return
  const seconds = Math.ceil(taken.retryAfterMs / 1000)
  throw new AppError("RATE_LIMITED", `That was too often. Please try again in ${seconds} s.`, {
    retryAfterMs: taken.retryAfterMs,
  })
}
