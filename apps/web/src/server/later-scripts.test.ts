import { describe, expect, it } from "vitest"
import { putScriptsOff } from "./later-scripts.ts"

const DOCUMENT =
  '<!DOCTYPE html><html><head><link rel="stylesheet" href="/_next/static/a.css"/>' +
  '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/r.js"/>' +
  '<link rel="preload" as="font" href="/_next/static/f.woff2"/>' +
  '<script src="/_next/static/chunks/a.js" async="" nonce="n"></script></head>' +
  '<body><script nonce="n">if (1 < 2) self.x = "ä€🔥"</script><p>Grüße 🔥</p>' +
  '<script src="/_next/static/chunks/b.js" id="_R_" async="" nonce="n"></script></body></html>'

const PUT_OFF =
  '<!DOCTYPE html><html><head><link rel="stylesheet" href="/_next/static/a.css"/>' +
  '<link rel="preload" as="font" href="/_next/static/f.woff2"/>' +
  '<script data-src="/_next/static/chunks/a.js" async="" nonce="n"></script></head>' +
  '<body><script nonce="n">if (1 < 2) self.x = "ä€🔥"</script><p>Grüße 🔥</p>' +
  '<script data-src="/_next/static/chunks/b.js" id="_R_" async="" nonce="n"></script></body></html>'

const sent = async (bytes: Uint8Array, size: number): Promise<string> => {
  const pieces = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })
  return new Response(pieces.pipeThrough(putScriptsOff())).text()
}

describe("a document whose scripts come later", () => {
  it.each([1, 7, 64, 100_000])("is the same but for them, in pieces of %i bytes", async (size) => {
    expect(await sent(new TextEncoder().encode(DOCUMENT), size)).toBe(PUT_OFF)
  })

  it("lets go at once of what is whole, so that a page comes in as it is made", async () => {
    const { readable, writable } = putScriptsOff()
    const [writer, reader] = [writable.getWriter(), readable.getReader()]
    void writer.write(new TextEncoder().encode("<p>first</p><scr"))
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("<p>first</p>")
    void writer.write(new TextEncoder().encode('ipt src="/_next/static/a.js"></script>'))
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(
      '<script data-src="/_next/static/a.js"></script>',
    )
  })

  it("leaves other scripts, and what people wrote", async () => {
    const html = '<script src="/other.js"></script><p>&lt;script src="/_next/static/a.js"></p>'
    expect(await sent(new TextEncoder().encode(html), 5)).toBe(html)
  })
})
