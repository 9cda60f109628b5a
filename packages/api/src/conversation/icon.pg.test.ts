import { AppError, ICON_SIZE, MAX_PICTURE_BYTES, newSnowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { eq, sql } from "drizzle-orm"
import sharp from "sharp"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { deleteDropped, putNew, tidy } from "../file-store/dropped.ts"
import { newFileKey } from "../file-store/index.ts"
import { findSession } from "../session/service.ts"
import { type Bed, type Person, testBed } from "../test-bed.ts"
import { createIconEdge, type IconEdge } from "./icon-edge.ts"

let bed: Bed
let edge: IconEdge
let ada: Person
let bob: Person
let cleo: Person
let stranger: Person
let group: string
const failed: unknown[] = []

const edgeOf = ({ deps }: Bed): IconEdge =>
  createIconEdge({
    deps: () => deps,
    session: async (request) => findSession(deps, request.headers.get("x-test-session") ?? ""),
    onFailed: ({ expected, error }) => {
      if (!expected) failed.push(error)
    },
  })
beforeAll(async () => {
  bed = await testBed()
  edge = edgeOf(bed)
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  ;[ada, bob, cleo, stranger] = await Promise.all([
    bed.person("Ada"),
    bed.person("Bob"),
    bed.person("Cleo"),
    bed.person("Sam"),
  ])
  const { guild } = await ada.call.guild.create({ name: "Home" })
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  for (const person of [bob, cleo]) await person.call.invite.join({ code })
  group = (await ada.call.conversation.open({ userIds: [bob.userId, cleo.userId] })).conversationId
})

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } })
const photo = () =>
  canvas(600, 400)
    .withExif({ IFD0: { Copyright: "a secret place" } })
    .jpeg()
    .toBuffer()

const ORIGIN = "http://hearth.example"
const give = (person: Person | null, body: Uint8Array, { headers = {}, to = group, at = edge } = {}) =>
  at.give(
    new Request(`${ORIGIN}/api/conversations/${to}/icon`, {
      method: "POST",
      headers: {
        host: "hearth.example",
        origin: ORIGIN,
        "content-type": "image/png",
        ...(person && { "x-test-session": person.sessionId }),
        ...headers,
      },
      body: Buffer.from(body),
    }),
    to,
  )
const show = (person: Person | null, icon: string, held?: string) => {
  const headers = { ...(person && { "x-test-session": person.sessionId }), ...(held && { "if-none-match": held }) }
  return edge.show(new Request(`${ORIGIN}/api/icons/${icon}`, { headers }), icon)
}
const codeOf = async (answer: Promise<Response>): Promise<string> => {
  const { error } = (await (await answer).json()) as { error: { data: { appError: { code: string } } } }
  return error.data.appError.code
}
const given = async (): Promise<string> => {
  const answer = await give(ada, await photo())
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { icon: string }).icon
}
const iconOf = async (person: Person): Promise<string | undefined> =>
  (await person.call.conversation.list({})).items.find(({ guild }) => guild.id === group)?.conversation?.icon

describe("an icon", () => {
  test("is a square WebP made anew, with nothing of what else the picture carried", async () => {
    const icon = await given()
    const answer = await show(bob, icon)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, no-cache",
      etag: `"${icon}"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    })
    const body = Buffer.from(await answer.arrayBuffer())
    expect(await sharp(body).metadata()).toMatchObject({ format: "webp", width: ICON_SIZE, height: ICON_SIZE })
    expect((await photo()).toString("latin1")).toContain("a secret place")
    expect(body.toString("latin1")).not.toContain("a secret place")
    expect((await sharp(body).metadata()).exif).toBeUndefined()
  })

  test("that a browser has is not sent again, and to who may not have it any more it says nothing", async () => {
    const icon = await given()
    const held = `"${icon}"`
    const again = await show(bob, icon, held)
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", held])
    expect((await show(bob, icon, '"another"')).status).toBe(200)
    await ada.call.conversation.remove({ conversationId: group, userId: bob.userId })
    const gone = await show(bob, icon, held)
    expect([gone.status, gone.headers.get("cache-control"), gone.headers.has("etag")]).toEqual([
      404,
      "private, no-store",
      false,
    ])
  })

  test("[P6] is not given by who was signed out while it was on its way", async () => {
    const before = await given()
    let asked = 0
    const leaves = createIconEdge({
      deps: () => bed.deps,
      session: async () => (asked++ === 0 ? findSession(bed.deps, ada.sessionId) : null),
    })
    expect(await codeOf(give(ada, await photo(), { at: leaves }))).toBe("UNAUTHENTICATED")
    expect(asked).toBe(2)
    // What was made of it is for the sweep.
    expect(await bed.db.delete(schema.droppedFiles).returning()).toHaveLength(1)
    expect(await iconOf(bob)).toBe(before)
  })

  test("is one of a few that are on their way at once, of one person and of all", async () => {
    const asked: (() => void)[] = []
    const held = (person: Person) => {
      const quiet = new ReadableStream<Uint8Array>({
        start(controller) {
          asked.push(() => controller.close())
        },
      })
      const headers = {
        ...{ host: "hearth.example", origin: ORIGIN, "content-type": "image/png" },
        "x-test-session": person.sessionId,
      }
      const init = { method: "POST", headers, body: quiet, duplex: "half" as const }
      return edge.give(new Request(`${ORIGIN}/api/conversations/${group}/icon`, init), group)
    }
    const three = [held(ada), held(ada), held(ada)].map(codeOf)
    expect(await Promise.race(three)).toBe("UNAVAILABLE")
    for (const end of asked) end()
    // A body without a picture in it.
    expect((await Promise.all(three)).toSorted()).toEqual(["BAD_REQUEST", "BAD_REQUEST", "UNAVAILABLE"])
    expect(await iconOf(bob)).toBeUndefined()
    await given()
  })

  test("is told to everybody in the group, and to nobody else", async () => {
    const since = await bed.head()
    const icon = await given()
    const told = await bed.told(since)
    expect(told.map((row) => row.kind)).toEqual(told.map(() => "conversation:updated"))
    // Who was brought in has nothing to hear until somebody writes, and has it with that.
    expect(told.map((row) => row.audience)).toEqual([`user:${ada.userId}`])
    expect(told[0]?.payload).toMatchObject({ guildId: group, conversation: { icon } })
    for (const person of [bob, cleo]) await person.call.conversation.show({ conversationId: group })
    const again = await bed.head()
    await ada.call.conversation.removeIcon({ conversationId: group })
    const heard = await bed.told(again)
    expect(heard.map((row) => row.audience).sort()).toEqual([ada, bob, cleo].map((p) => `user:${p.userId}`).sort())
    for (const row of heard) expect(row.payload).not.toHaveProperty("conversation.icon")
  })

  test("is nobody's who is not in the group: a stranger, who was removed, who guesses, who is not signed in", async () => {
    const icon = await given()
    const bodyOf = async (answer: Response) => [answer.status, [...answer.headers.keys()].sort(), await answer.text()]
    const nothing = await bodyOf(await show(stranger, newFileKey()))
    expect(nothing[0]).toBe(404)
    expect(await bodyOf(await show(stranger, icon))).toEqual(nothing)
    expect((await show(bob, icon)).status).toBe(200)
    await ada.call.conversation.remove({ conversationId: group, userId: bob.userId })
    expect(await bodyOf(await show(bob, icon))).toEqual(nothing)
    expect((await show(null, icon)).status).toBe(401)
    for (const odd of ["x", "../../etc/passwd", `${icon}.webp`, icon.toUpperCase().replace(/^/, "A")])
      expect((await show(ada, odd)).status).toBe(404)
    expect((await show(stranger, icon)).headers.get("cache-control")).toContain("no-store")
  })

  test("makes the one before it go, file and all; and so do its removal and the group's end", async () => {
    const first = await given()
    const second = await given()
    expect(await iconOf(cleo)).toBe(second)
    expect((await show(ada, first)).status).toBe(404)
    expect(await bed.deps.files.get(first)).toBeNull()
    await ada.call.conversation.removeIcon({ conversationId: group })
    expect(await iconOf(cleo)).toBeUndefined()
    expect(await bed.deps.files.get(second)).toBeNull()
    const third = await given()
    for (const person of [ada, bob, cleo]) await person.call.conversation.leave({ conversationId: group })
    expect(await bed.deps.files.get(third)).toBeNull()
    expect(await bed.db.select().from(schema.droppedFiles)).toEqual([])
  })

  test("is given and taken by who looks after the group alone; to others the group is not there", async () => {
    const picture = await photo()
    expect(await codeOf(give(bob, picture))).toBe("FORBIDDEN")
    expect(await codeOf(give(stranger, picture))).toBe("UNKNOWN_CHANNEL")
    expect(await codeOf(give(stranger, picture, { to: newSnowflake() }))).toBe("UNKNOWN_CHANNEL")
    expect(await codeOf(give(ada, picture, { to: "x" }))).toBe("UNKNOWN_CHANNEL")
    expect(await codeOf(give(null, picture))).toBe("UNAUTHENTICATED")
    const { conversationId: two } = await ada.call.conversation.open({ userIds: [bob.userId] })
    expect(await codeOf(give(ada, picture, { to: two }))).toBe("FORBIDDEN")
    await expect(bob.call.conversation.removeIcon({ conversationId: group })).rejects.toMatchObject({
      cause: { code: "FORBIDDEN" },
    })
    await expect(stranger.call.conversation.removeIcon({ conversationId: group })).rejects.toMatchObject({
      cause: { code: "UNKNOWN_CHANNEL" },
    })
    expect(await iconOf(bob)).toBeUndefined()
  })

  test("is taken from pages of our own, as a picture", async () => {
    const picture = await photo()
    expect(await codeOf(give(ada, picture, { headers: { origin: "http://elsewhere.example" } }))).toBe("FORBIDDEN")
    for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/json", "image/"])
      expect(await codeOf(give(ada, picture, { headers: { "content-type": type } }))).toBe("BAD_REQUEST")
  })

  test("is not made of what is no picture, is too large, torn, or a bomb", async () => {
    const bomb = await canvas(10_000, 6_000).png({ compressionLevel: 9 }).toBuffer()
    expect(bomb.length).toBeLessThan(MAX_PICTURE_BYTES)
    const whole = await photo()
    for (const body of [
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='99' height='99'/>"),
      Buffer.alloc(0),
      await canvas(50, 50).tiff().toBuffer(),
      whole.subarray(0, 300),
      bomb,
    ])
      expect(await codeOf(give(ada, body))).toBe("BAD_REQUEST")
    expect(await codeOf(give(ada, Buffer.concat([whole, Buffer.alloc(MAX_PICTURE_BYTES)])))).toBe("TOO_LARGE")
    expect(await iconOf(ada)).toBeUndefined()
    expect(failed).toEqual([])
  })

  test("that is not there is taken away without a word", async () => {
    const since = await bed.head()
    await ada.call.conversation.removeIcon({ conversationId: group })
    expect(await bed.told(since)).toEqual([])
  })

  test("is not given when its file is being deleted, since that took too long", async () => {
    const files = {
      ...bed.deps.files,
      put: async (key: string, body: Uint8Array) => {
        await bed.deps.files.put(key, body)
        await bed.db.update(schema.droppedFiles).set({ at: sql`now()` }).where(eq(schema.droppedFiles.key, key))
        await deleteDropped(bed.deps)
      },
    }
    const late = await give(ada, await photo(), { at: edgeOf({ ...bed, deps: { ...bed.deps, files } }) })
    expect(late.status).toBe(503)
    expect(await iconOf(ada)).toBeUndefined()
  })

  test("is given so often, and then later", async () => {
    await using strict = await testBed({ limitScale: 0.1 })
    const eve = await strict.person("Eve")
    const at = edgeOf(strict)
    expect(await codeOf(give(eve, new Uint8Array([1]), { at }))).toBe("UNKNOWN_CHANNEL")
    const answer = await give(eve, new Uint8Array([1]), { at })
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0)
  })
})

describe("what is left over", () => {
  test("by a process that ended before it gave a file to anybody is deleted when its time is over", async () => {
    const { key } = await putNew(bed.db, bed.deps.files, new Uint8Array([1]))
    await deleteDropped(bed.deps)
    expect(await bed.deps.files.get(key)).not.toBeNull()
    await bed.db.update(schema.droppedFiles).set({ at: sql`now()` }).where(eq(schema.droppedFiles.key, key))
    await deleteDropped(bed.deps)
    expect(await bed.deps.files.get(key)).toBeNull()
  })

  test("by a store that was away is tried again, and nobody is told that it was", async () => {
    const icon = await given()
    const away = new AppError("UNAVAILABLE", "away")
    const files = { ...bed.deps.files, delete: () => Promise.reject(away) }
    await bed.db.update(schema.conversations).set({ icon: null }).where(eq(schema.conversations.id, group))
    await expect(deleteDropped({ ...bed.deps, files })).rejects.toBe(away)
    await deleteDropped(bed.deps)
    expect(await bed.deps.files.get(icon)).not.toBeNull()
    await bed.db.update(schema.droppedFiles).set({ at: sql`now()` })
    await deleteDropped(bed.deps)
    expect(await bed.deps.files.get(icon)).toBeNull()
  })

  const drop = async (count: number): Promise<string[]> => {
    const put = await Promise.all(
      Array.from({ length: count }, () => putNew(bed.db, bed.deps.files, new Uint8Array([1]))),
    )
    await bed.db.update(schema.droppedFiles).set({ at: sql`now()` })
    return put.map(({ key }) => key)
  }
  const left = async () => (await bed.db.select().from(schema.droppedFiles)).length

  test("and cannot be deleted keeps none of the others", async () => {
    const keys = await drop(25)
    const files = {
      ...bed.deps.files,
      delete: (key: string) =>
        key === keys[0] ? Promise.reject(new AppError("UNAVAILABLE", "odd")) : bed.deps.files.delete(key),
    }
    await expect(deleteDropped({ ...bed.deps, files })).rejects.toThrow("odd")
    expect(await bed.db.select({ key: schema.droppedFiles.key }).from(schema.droppedFiles)).toEqual([{ key: keys[0] }])
    await bed.db.delete(schema.droppedFiles)
  })

  test("by others is not waited for by who changes something, nor is a store that hangs", async () => {
    await drop(25)
    await tidy(bed.deps)
    expect(await left()).toBe(22)
    const heard: unknown[] = []
    const away = new AppError("UNAVAILABLE", "away")
    const onLeftOver = (error: unknown) => void heard.push(error)
    await tidy({ ...bed.deps, files: { ...bed.deps.files, delete: () => Promise.reject(away) }, onLeftOver })
    expect(heard).toEqual([away])
    const started = performance.now()
    await tidy({ ...bed.deps, files: { ...bed.deps.files, delete: () => new Promise(() => {}) } })
    expect(performance.now() - started).toBeLessThan(5000)
    await bed.db.delete(schema.droppedFiles)
  })
})
