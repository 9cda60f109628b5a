import { isIP } from "node:net"
import ipaddr from "ipaddr.js"

/** The whole of what is given out to be reached from everywhere: everything else, future ranges too, is not. */
const GLOBAL_V6 = ipaddr.parseCIDR("2000::/3")

/**
 * Whether an address is one of the public internet. The library names the ranges that are not (RFC 6890 and what came after);
 * of IPv6 only what is allotted counts at all, so addresses that carry an IPv4 one inside (mapped, NAT64, 6to4, Teredo) do not.
 */
export const isPublicAddress = (text: string): boolean => {
  // One spelling alone, and no zones.
  if (isIP(text) === 0 || text.includes("%")) return false
  const address = ipaddr.parse(text)
  if (address.range() !== "unicast") return false
  return address.kind() === "ipv4" || address.match(GLOBAL_V6)
}
