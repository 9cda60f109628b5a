import { randomBytes } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type FileStore, newFileKey } from "./port.ts"

export interface OpenedFiles extends AsyncDisposable {
  files: FileStore
}

/** What every FileStore promises. */
export const describeFileStore = (name: string, open: () => Promise<OpenedFiles>): void => {
  describe(`FileStore in ${name}`, () => {
    let opened: OpenedFiles
    let files: FileStore
    beforeAll(async () => {
      opened = await open()
      ;({ files } = opened)
    })
    afterAll(() => opened?.[Symbol.asyncDispose]())

    test("gives back, to the byte, what was put, and nothing where nothing was", async () => {
      const [key, other] = [newFileKey(), newFileKey()]
      const body = new Uint8Array(randomBytes(300_000))
      await files.put(key, body)
      expect(Buffer.from((await files.get(key)) ?? []).equals(body)).toBe(true)
      expect(await files.get(other)).toBeNull()
    })

    test("keeps an empty file apart from none", async () => {
      const key = newFileKey()
      await files.put(key, new Uint8Array())
      expect(await files.get(key)).toEqual(new Uint8Array())
    })

    test("puts what comes later in the place of what was there", async () => {
      const key = newFileKey()
      await files.put(key, new Uint8Array([1, 2, 3]))
      await files.put(key, new Uint8Array([4]))
      expect(await files.get(key)).toEqual(new Uint8Array([4]))
    })

    test("of many at once, and of one key at once, each is whole", async () => {
      const key = newFileKey()
      const bodies = [1, 2, 3, 4].map((n) => new Uint8Array(200_000).fill(n))
      const others = bodies.map((body) => ({ key: newFileKey(), body }))
      await Promise.all([
        ...bodies.map((body) => files.put(key, body)),
        ...others.map((other) => files.put(other.key, other.body)),
      ])
      const last = (await files.get(key)) ?? new Uint8Array()
      expect(bodies.some((body) => Buffer.from(body).equals(last))).toBe(true)
      for (const other of others)
        expect(Buffer.from(other.body).equals((await files.get(other.key)) ?? new Uint8Array())).toBe(true)
    })

    test("deletes for good, and twice does no harm", async () => {
      const key = newFileKey()
      await files.put(key, new Uint8Array([1]))
      await files.delete(key)
      expect(await files.get(key)).toBeNull()
      await files.delete(key)
    })

    test("takes no key that is not one of ours: none leads out of the store", async () => {
      for (const key of ["", "..", "../secret", `${newFileKey()}/x`, newFileKey().toUpperCase(), "é".repeat(40)]) {
        await expect(files.put(key, new Uint8Array([1]))).rejects.toThrow("That is not a file.")
        await expect(files.get(key)).rejects.toThrow("That is not a file.")
        await expect(files.delete(key)).rejects.toThrow("That is not a file.")
      }
    })
  })
}
