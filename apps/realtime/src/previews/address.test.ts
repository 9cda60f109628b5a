import { BlockList } from "node:net"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isPublicAddress } from "./address.ts"

/** IANA's registries of special-purpose addresses, written down once more: by hand, and not by the library. */
const special: [string, number, "ipv4" | "ipv6"][] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.88.99.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["240.0.0.0", 4, "ipv4"],
  ["::", 128, "ipv6"],
  ["::1", 128, "ipv6"],
  ["::", 96, "ipv6"],
  ["::ffff:0:0", 96, "ipv6"],
  ["::ffff:0:0:0", 96, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["100::", 64, "ipv6"],
  ["2001::", 23, "ipv6"],
  ["2001:db8::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["3fff::", 20, "ipv6"],
  ["5f00::", 16, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["fec0::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
]

describe("an address of the public internet", () => {
  it.each(["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.15.255.255", "172.32.0.0", "100.63.255.255", "223.255.255.255"])(
    "is %s",
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
  it.each(["2606:4700:4700::1111", "2a00:1450:4001:82a::200e", "2001:4860:4860::8888"])("is %s", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )

  it.each(special)("is none of %s/%i", (net, bits) => {
    expect(isPublicAddress(net)).toBe(false)
    expect(bits).toBeGreaterThan(0)
  })
  it.each([
    "169.254.169.254",
    "255.255.255.255",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fe80::1%eth0",
    "fe80::1",
    "fd00:ec2::254",
    "4000::1",
    "127.1",
    "0177.0.0.1",
    "2130706433",
    "0x7f.1",
    "",
    "localhost",
    " 1.1.1.1",
  ])("is none of %j", (address) => expect(isPublicAddress(address)).toBe(false))

  it("is none of any range that has a purpose of its own", () => {
    // A list of both would take IPv4 addresses for mapped ones.
    const lists = { ipv4: new BlockList(), ipv6: new BlockList() }
    for (const [net, bits, family] of special) lists[family].addSubnet(net, bits, family)
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        if (lists.ipv4.check(address, "ipv4")) expect(isPublicAddress(address)).toBe(false)
      }),
      { numRuns: 2000 },
    )
    const hex = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16))
    // Beginnings that lie near such ranges, with anything behind.
    const begin = fc.constantFrom("2001", "2002", "3fff", "fe80", "fc00", "fdff", "64", "100", "ff02", "0", "5f00")
    const six = fc.tuple(begin, hex, hex, hex, hex, hex, hex, hex).map((parts) => parts.join(":"))
    fc.assert(
      fc.property(six, (address) => {
        if (lists.ipv6.check(address, "ipv6")) expect(isPublicAddress(address)).toBe(false)
        if (!/^[23]/.test(address)) expect(isPublicAddress(address)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it("carries no other inside: whatever IPv4 address is wrapped, the wrapping is not public", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number)
        const [high, low] = [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)]
        for (const wrapped of [`::ffff:${address}`, `::${address}`, `64:ff9b::${address}`, `2002:${high}:${low}::1`])
          expect(isPublicAddress(wrapped)).toBe(false)
      }),
    )
  })
})
