import { openMemoryRateLimits } from "@hearth/db/rate-limits"
import { expect, it } from "vitest"
import { limitTable, networkOf, takeLimits } from "./limits.ts"

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["unknown", "unknown"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s is limited as %s", (address, network) => {
  expect(networkOf(address)).toBe(network)
})

it("tells IPv4 addresses apart in IPv6's clothes too", () => {
  expect(networkOf("::ffff:203.0.113.9")).not.toBe(networkOf("::ffff:203.0.113.10"))
})

it("another address of the same IPv6 network is no way around a limit", async () => {
  const limits = openMemoryRateLimits()
  const take = (address: string) => takeLimits({ limits }, { setupByAddress: address })
  for (let i = 0; i < limitTable.setupByAddress.burst; i++) await take(`2001:db8:1:2::${i + 1}`)
  await expect(take("2001:db8:1:2:ffff::1")).rejects.toMatchObject({ code: "RATE_LIMITED" })
  await take("2001:db8:1:3::1")
})
