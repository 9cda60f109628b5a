import { describe, expect, it } from "vitest"
import { contentSecurityPolicy } from "./content-security-policy.ts"

const directives = (policy: string) =>
  Object.fromEntries(policy.split("; ").map((d) => [d.split(" ")[0], d.split(" ").slice(1).join(" ")]))

describe("the policy of pages", () => {
  const policy = directives(contentSecurityPolicy({ nonce: "n0nce", host: "hearth.example:8080", dev: false }))
  it("lets scripts and styles run only with this answer's nonce", () => {
    expect(policy["script-src"]).toBe("'self' 'nonce-n0nce' 'strict-dynamic'")
    expect(policy["style-src"]).toBe("'self' 'nonce-n0nce'")
    expect(JSON.stringify(policy)).not.toContain("unsafe")
  })
  it("lets nobody frame it, nor change where addresses lead", () => {
    expect(policy).toMatchObject({ "frame-ancestors": "'none'", "base-uri": "'none'", "object-src": "'none'" })
  })
  it("lets it talk to its own origin alone", () => {
    expect(policy["connect-src"]).toBe("'self' ws://hearth.example:8080 wss://hearth.example:8080")
  })
  it.each(["a; script-src *", "a b", "", null])("takes nothing from a host like %j", (host) => {
    expect(directives(contentSecurityPolicy({ nonce: "n", host, dev: false }))["connect-src"]).toBe("'self'")
  })
})
