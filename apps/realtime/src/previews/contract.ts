import { newSnowflake, type Snowflake } from "@hearth/core"
import { deriveKey, schema, transact } from "@hearth/db"
import { openPostgresStore } from "@hearth/db/message-store"
import { sweepPreviews } from "@hearth/db/previews"
import {
  makeChannel,
  makeGuild,
  makeUser,
  refusal,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { eq, sql } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { TEST_SECRET, type TestNetwork } from "../test-network.ts"
import type { Fetcher } from "./fetcher.ts"
import type { Found } from "./read-link.ts"

/** What links lead to, as a test says; and which were asked for. */
interface Web extends Fetcher {
  asked: string[]
  /** While it is set nothing is answered before it resolves. */
  holds: Promise<void> | null
  fails: number
}
const site = "example.org"
const web = (): Web => ({
  asked: [],
  holds: null,
  fails: 0,
  async read(url) {
    this.asked.push(url)
    await this.holds
    if (this.fails-- > 0) throw new Error("the fetcher ended")
    if (url.includes("nothing")) return null
    const picture: Found["picture"] = { bytes: Buffer.from("RIFF, a picture"), width: 160, height: 160, large: false }
    return {
      site,
      title: url.includes("only") ? "" : `Page ${url}`,
      text: "",
      picture: url.includes("picture") ? picture : null,
    }
  },
  close() {},
})
const cardOf = (url: string) => ({ url, site, title: `Page ${url}` })

/** Cards of what messages link to, on one node and on several. */
export const describePreviews = (
  name: string,
  open: (database: TestDatabase, fetcher: Fetcher) => Promise<TestNetwork>,
) => {
  describe(`link previews, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let pages: Web
    let [alice, bob, eve]: TestUser[] = []
    let guild: TestGuild
    let general: Snowflake
    /** Links of this test alone: what is known of a link is known to all. */
    let at: string
    let n = 0

    beforeAll(async () => {
      database = await testDatabase()
    })
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob, eve] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "eve")]
      guild = await makeGuild(db, alice, [bob])
      general = guild.channels.general ?? ""
      at = `https://example.org/${++n}`
      pages = web()
      net = await open(database, pages)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
    })

    const previewsOf = (client: TestClient, seq: number, channelId = general) =>
      client.view(channelId).messages.find((m) => m.seq === seq)?.previews
    const sees = (client: TestClient, seq: number, urls: readonly string[], channelId = general) =>
      waitUntil(
        `cards of ${urls.join()}`,
        () =>
          previewsOf(client, seq, channelId)
            ?.map((p) => p.url)
            .join() === urls.join(),
      )
    const nothingWaits = () =>
      waitUntil("all links to be looked at", async () => (await database.db.$count(schema.previewWants)) === 0)

    test("a card comes to who looks, to who was away, and to who comes later; each link is fetched once", async () => {
      const [a, b] = [await net.connect(alice!), await net.connect(bob!)]
      await Promise.all([a.open(general), b.open(general)])
      await a.send(general, `see ${at}/a and <${at}/no> and ${at}/nothing`)
      await sees(b, 1, [`${at}/a`])
      expect(previewsOf(b, 1)).toEqual([cardOf(`${at}/a`)])
      const views = new Map([[general, b.view(general)]])
      b.close()
      await a.send(general, `${at}/b, and ${at}/a once more`)
      await sees(a, 2, [`${at}/b`, `${at}/a`])
      const back = await net.connect(bob!, { views })
      await back.open(general)
      expect(previewsOf(back, 2)).toEqual([cardOf(`${at}/b`), cardOf(`${at}/a`)])
      const later = await net.connect(bob!)
      await later.open(general)
      expect(previewsOf(later, 1)).toEqual([cardOf(`${at}/a`)])
      await nothingWaits()
      expect([...pages.asked].sort()).toEqual([`${at}/a`, `${at}/b`, `${at}/nothing`])
    })

    test("many who post one link at once have it fetched once, on whatever node", async () => {
      const [a, b] = [await net.connect(alice!), await net.connect(bob!)]
      await Promise.all([a.open(general), b.open(general)])
      let go: () => void = () => {}
      pages.holds = new Promise((resolve) => (go = resolve))
      for (const client of [a, b, a, b]) await client.send(general, `${at}/same`)
      await waitUntil("it to be asked for", () => pages.asked.length > 0)
      go()
      for (const seq of [1, 2, 3, 4]) await sees(a, seq, [`${at}/same`])
      expect(pages.asked).toEqual([`${at}/same`])
    })

    test("an edit takes cards away and brings others; a deleted message has none", async () => {
      const a = await net.connect(alice!)
      await a.open(general)
      await a.send(general, `${at}/a ${at}/b`)
      await sees(a, 1, [`${at}/a`, `${at}/b`])
      await a.command("message:edit", { channelId: general, seq: 1, version: 1, content: `${at}/b ${at}/c` })
      await sees(a, 1, [`${at}/b`, `${at}/c`])
      const { message } = await a.command("message:edit", {
        channelId: general,
        seq: 1,
        version: 2,
        content: "no link",
      })
      expect(message.previews).toBeUndefined()
      await a.command("message:edit", { channelId: general, seq: 1, version: 3, content: `${at}/a` })
      await sees(a, 1, [`${at}/a`])
      const gone = await a.command("message:delete", { channelId: general, seq: 1 })
      expect(gone.message.previews).toBeUndefined()
      expect(pages.asked).toHaveLength(3)
    })

    test("their author and who manages messages take them away for good; others may not, and who may not view hears nothing", async () => {
      const [a, b, e] = [await net.connect(alice!), await net.connect(bob!), await net.connect(eve!)]
      await Promise.all([a.open(general), b.open(general)])
      const remove = (client: TestClient, seq: number) => client.command("preview:remove", { channelId: general, seq })
      await b.send(general, `${at}/b`)
      await a.send(general, `${at}/a`)
      await sees(a, 1, [`${at}/b`])
      await sees(b, 2, [`${at}/a`])
      expect((await refusal(remove(b, 2))).code).toBe("FORBIDDEN")
      expect((await refusal(remove(e, 1))).code).toBe("UNKNOWN_CHANNEL")
      expect((await refusal(remove(b, 9))).code).toBe("UNKNOWN_MESSAGE")
      expect((await remove(b, 1)).message.previews).toEqual([])
      expect((await remove(a, 2)).message.previews).toEqual([])
      await waitUntil("both to be gone", () => [1, 2].every((seq) => previewsOf(b, seq)?.length === 0))
      await b.command("message:edit", { channelId: general, seq: 1, version: 1, content: `still ${at}/b` })
      await b.send(general, `${at}/last`)
      await sees(b, 3, [`${at}/last`])
      await nothingWaits()
      expect(previewsOf(b, 1)).toEqual([])
      // Who owns the server manages its messages: also somebody else's.
      await a.command("preview:remove", { channelId: general, seq: 3 })
      await waitUntil("the last to be gone", () => previewsOf(b, 3)?.length === 0)
      expect(e.heard.map((h) => h.event).filter((event) => event.startsWith("channel:"))).toEqual([])
    })

    test("in a channel of few and in a thread they come to those who may view it", async () => {
      const secret = (await makeChannel(database.db, guild, "secret", [alice!.id])).id
      const [a, b] = [await net.connect(alice!), await net.connect(bob!)]
      await a.open(secret)
      await a.send(secret, `${at}/secret`)
      await sees(a, 1, [`${at}/secret`], secret)
      expect((await refusal(b.command("preview:remove", { channelId: secret, seq: 1 }))).code).toBe("UNKNOWN_CHANNEL")
      const thread = newSnowflake()
      await a.send(secret, "a question")
      await transact(database.db, async (tx) => {
        const place = { id: thread, guildId: guild.id, parentId: secret, name: "", position: 0 }
        await tx.insert(schema.channels).values(place)
        await tx.insert(schema.channelHeads).values({ channelId: thread })
        const of = { id: thread, channelId: secret, seq: 2, startedBy: alice!.id, lastAt: new Date() }
        await tx.insert(schema.threads).values(of)
      })
      await a.open(thread)
      await a.send(thread, `${at}/thread`)
      await sees(a, 1, [`${at}/thread`], thread)
      // What is heard of the next comes after what would have been heard of these.
      await a.send(general, "here")
      await b.hears("channel:activity", ({ heads }) => heads[general] === 1)
      expect(JSON.stringify(b.heard)).not.toContain(at)
    })

    test("what a node that died left behind, another one finds; a fetcher that breaks is asked again", async () => {
      const a = await net.connect(alice!)
      await a.open(general)
      pages.fails = 1
      // Behind the gateway's back: nobody is woken, as when a node dies between the append and its consumer.
      const store = openPostgresStore({ url: database.url, macKey: deriveKey(TEST_SECRET, "body-mac"), max: 1 })
      const draft = { authorId: alice!.id, nonce: "n".repeat(20), content: `${at}/left`, replyTo: null }
      await store.append(general, [draft])
      await store.close()
      await waitUntil("the first try", () => pages.asked.length > 0)
      await waitUntil("the second try", async () => {
        // Its time comes at once.
        await database.db.execute(sql`update preview_wants set try_at = now() where tries > 0 and try_at > now()`)
        return previewsOf(a, 1) !== undefined || (await a.open(general)).messages[0]?.previews !== undefined
      })
      await sees(a, 1, [`${at}/left`])
    })

    test("a picture is kept under a name that nobody guesses, and goes when others took its place", async () => {
      const { db } = database
      const a = await net.connect(alice!)
      await a.open(general)
      await a.send(general, `${at}/picture ${at}/only-picture`)
      await sees(a, 1, [`${at}/picture`, `${at}/only-picture`])
      const picture = previewsOf(a, 1)?.[0]?.picture
      expect(picture).toEqual({ id: expect.stringMatching(/^[A-Za-z0-9_-]{32}$/), width: 160, height: 160 })
      const mine = eq(schema.previewPictures.id, picture?.id ?? "")
      await sweepPreviews(db, 10)
      expect(await db.$count(schema.previewPictures, mine)).toBe(1)
      const newer = { body: Buffer.from("x"), usedAt: new Date(Date.now() + 60_000) }
      await db.insert(schema.previewPictures).values(["a", "b"].map((id) => ({ id: `${id}${n}`, ...newer })))
      await sweepPreviews(db, 2)
      expect(await db.$count(schema.previewPictures, mine)).toBe(0)
      // Whoever posts the link next has a card without it.
      await a.send(general, `${at}/picture`)
      await sees(a, 2, [`${at}/picture`])
      expect(previewsOf(a, 2)).toEqual([cardOf(`${at}/picture`)])
      // One that is nothing but its picture is fetched again.
      await a.send(general, `${at}/only-picture`)
      await sees(a, 3, [`${at}/only-picture`])
      expect(previewsOf(a, 3)).toEqual([{ url: `${at}/only-picture`, site, title: "", picture }])
      expect(pages.asked).toEqual(["/picture", "/only-picture", "/only-picture"].map((path) => at + path))
    })
  })
}
