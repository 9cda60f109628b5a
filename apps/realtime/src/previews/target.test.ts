import { describe, expect, it, vi } from "vitest"
import { checkTarget, type Reach, Refused } from "./target.ts"

const signal = new AbortController().signal
const reach = (addresses: string[] = ["93.184.215.14"], also: string[] = []): Reach => ({
  resolve: vi.fn(async () => addresses),
  also: new Set(also),
})
const check = (url: string, to = reach()) => checkTarget(new URL(url), to, signal)

describe("what may be fetched", () => {
  it("is what a public name or address leads to, at the usual ports", async () => {
    expect(await check("https://www.example.org/a?b#c")).toMatchObject({ addresses: ["93.184.215.14"], port: 443 })
    expect(await check("http://example.org:80/")).toMatchObject({ port: 80, name: "example.org" })
    expect(await check("http://93.184.215.14/")).toMatchObject({ addresses: ["93.184.215.14"], port: 80 })
    expect(await check("https://[2606:4700:4700::1111]/")).toMatchObject({ addresses: ["2606:4700:4700::1111"] })
    expect(await check("https://bücher.example.org/")).toMatchObject({ name: "xn--bcher-kva.example.org" })
  })

  it.each([
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "data:text/html,hello",
    "blob:https://example.org/1",
    "https://user:secret@example.org/",
    "https://user@example.org/",
    "https://example.org:8443/",
    "http://example.org:443/",
    "http://example.org:22/",
    // Every spelling of this machine.
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.1/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://0/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fd12:3456::1]/",
    // Clouds tell their secrets here.
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    // Names that are of no public thing.
    "http://localhost/",
    "http://LOCALHOST./",
    "http://app.localhost/",
    "http://redis/",
    "http://postgres./",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://router.home.arpa/",
    "http://1.0.0.127.in-addr.arpa/",
    "http://hidden.onion/",
  ])("is not %s", async (url) => {
    const to = reach()
    await expect(check(url, to)).rejects.toThrow(Refused)
    expect(to.resolve).not.toHaveBeenCalled()
  })

  it.each([
    [["127.0.0.1"]],
    [["93.184.215.14", "10.0.0.1"]],
    [["2606:4700:4700::1111", "::1"]],
    [["93.184.215.14", "::ffff:10.0.0.1"]],
    [["fe80::1%eth0"]],
    [["not an address"]],
    [[]],
  ])("is no name of which one address is not public: %j", async (addresses) => {
    await expect(check("https://example.org/", reach(addresses))).rejects.toThrow(Refused)
  })

  it("is a pair of address and port that was named, and nothing beside it", async () => {
    const to = reach(["127.0.0.1"], ["127.0.0.1:4711"])
    expect(await check("http://127.0.0.1:4711/", to)).toMatchObject({ addresses: ["127.0.0.1"], port: 4711 })
    for (const url of ["http://127.0.0.1:4712/", "http://127.0.0.1/", "http://[::1]:4711/", "http://a.b:4711/"])
      await expect(check(url, to)).rejects.toThrow(Refused)
    await expect(check("http://user@127.0.0.1:4711/", to)).rejects.toThrow(Refused)
    await expect(check("ftp://127.0.0.1:4711/", to)).rejects.toThrow(Refused)
  })

  it("is looked up once: what the name is said to be later plays no part", async () => {
    const answers = [["93.184.215.14"], ["127.0.0.1"]]
    const to: Reach = { resolve: vi.fn(async () => answers.shift() ?? []), also: new Set() }
    expect((await check("http://rebind.example.org/", to)).addresses).toEqual(["93.184.215.14"])
    expect(to.resolve).toHaveBeenCalledTimes(1)
  })
})
