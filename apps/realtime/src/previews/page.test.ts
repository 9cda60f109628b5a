import { describe, expect, it } from "vitest"
import { readPage } from "./page.ts"

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer, { whole: boolean }> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  return { whole: true }
}
const read = async (html: string | Buffer, { type = "text/html", size = 7 } = {}) => {
  const { title, metas } = await readPage(inPieces(Buffer.from(html), size), type)
  return { title, ...Object.fromEntries(metas) }
}

describe("what a page says of itself", () => {
  it("stands in its head, however it comes and is written", async () => {
    const html = `<!doctype html><HTML><head>
      <title>A &amp; B &#x1F600;</title>
      <META PROPERTY='og:title' content="Tom &quot;T&quot; &lt;b&gt;">
      <meta name=description content=plain>
      <meta property="og:title" content="a second one">
      <meta property="og:image" content="/a.png?x=1&amp;y=2"/>
      <meta name="keywords" content="not this">`
    for (const size of [1, 7, 100_000])
      expect(await read(html, { size })).toEqual({
        title: "A & B 😀",
        "og:title": 'Tom "T" <b>',
        description: "plain",
        "og:image": "/a.png?x=1&y=2",
      })
  })

  it("is not what stands in its body, in scripts, comments, or in pictures", async () => {
    const html = `<head><!-- <title>no</title> --><script>"<title>no</title>"</script><style><title>no</title></style>
      <title>yes</title><svg><title>no</title></svg></head><body><meta property="og:title" content="no">`
    expect(await read(html)).toEqual({ title: "yes" })
    expect(await read(`<title>yes</title><body><meta property="og:title" content="no">`)).toEqual({ title: "yes" })
  })

  it.each([
    ["windows-1251 by the header", "text/html; charset=windows-1251", Buffer.from([0xcf, 0xf0, 0xe8]), "При"],
    ["quoted", 'text/html;charset="ISO-8859-1"', Buffer.from([0xfc]), "ü"],
    ["an unknown name", "text/html; charset=klingon", Buffer.from("ü"), "ü"],
    ["nothing", "text/html", Buffer.from("ü"), "ü"],
  ])("is read in its letters: %s", async (_, type, bytes, expected) => {
    const html = Buffer.concat([Buffer.from("<title>"), bytes, Buffer.from("</title>")])
    expect((await read(html, { type, size: 1 })).title).toBe(expected)
  })

  it("is read in the letters that it says itself", async () => {
    const page = (label: string) => Buffer.from(`<meta charset="${label}"><title>\xfc</title>`, "latin1")
    expect((await read(page("iso-8859-1"))).title).toBe("ü")
    const old = `<meta http-equiv="content-type" content="text/html; charset=shift_jis"><title>`
    const sjis = Buffer.concat([Buffer.from(old), Buffer.from([0x93, 0xfa, 0x96, 0x7b]), Buffer.from("</title>")])
    expect((await read(sjis)).title).toBe("日本")
  })

  it.each([
    ["tags without end", "<".repeat(200_000)],
    ["nested without end", "<div><b>".repeat(60_000)],
    ["one attribute", `<meta property="og:title" content="${"x".repeat(400_000)}">`],
    ["attributes", `<meta ${"a=b ".repeat(100_000)}>`],
    ["entities", `<title>${"&amp;".repeat(80_000)}</title>`],
    ["open comment", `<!--${"-".repeat(400_000)}`],
    ["open title", `<title>${"y".repeat(400_000)}`],
    ["zeros", "\0".repeat(400_000)],
  ])("takes no longer than its length, and keeps little: %s", async (_, html) => {
    const begun = performance.now()
    const said = await read(html, { size: 65_536 })
    expect(performance.now() - begun).toBeLessThan(3_000)
    expect(JSON.stringify(said).length).toBeLessThan(100_000)
  })

  it("is read no further than to the end of the head", async () => {
    let given = 0
    const endless = (async function* (): AsyncGenerator<Buffer, { whole: boolean }> {
      yield Buffer.from("<head><title>enough</title></head>".padEnd(2000))
      for (;;) {
        given++
        yield Buffer.from("more")
      }
    })()
    expect((await readPage(endless, "text/html")).title).toBe("enough")
    expect(given).toBeLessThan(3)
  })
})
