import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { describeFileStore, type OpenedFiles } from "./contract.ts"
import { openLocalFiles } from "./local.ts"
import { newFileKey } from "./port.ts"

const openHere = async (): Promise<OpenedFiles & { folder: string }> => {
  const folder = await mkdtemp(join(tmpdir(), "hearth-files-"))
  return {
    folder,
    files: openLocalFiles({ folder: join(folder, "files") }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

describeFileStore("a folder", openHere)

test("nodes with one folder have the same files, which other users of the machine cannot read", async () => {
  await using here = await openHere()
  const other = openLocalFiles({ folder: join(here.folder, "files") })
  const key = newFileKey()
  await here.files.put(key, new Uint8Array([7]))
  expect(await other.get(key)).toEqual(new Uint8Array([7]))
  const path = join(here.folder, "files", key.slice(0, 2))
  expect((await stat(path)).mode & 0o077).toBe(0)
  expect((await stat(join(path, key))).mode & 0o077).toBe(0)
})

test("what cannot be written is UNAVAILABLE, and leaves nothing half behind", async () => {
  await using here = await openHere()
  const key = newFileKey()
  // A folder in the file's place: it is written beside, and cannot be moved.
  await here.files.put(key, new Uint8Array([1]))
  const path = join(here.folder, "files", key.slice(0, 2))
  const blocked = `${key.slice(0, 2)}${"0".repeat(38)}`
  await rm(join(path, key))
  const inside = openLocalFiles({ folder: join(path, blocked) })
  await inside.put(key, new Uint8Array([1]))
  await expect(here.files.put(blocked, new Uint8Array([1]))).rejects.toMatchObject({ code: "UNAVAILABLE" })
  await expect(here.files.get(blocked)).rejects.toMatchObject({ code: "UNAVAILABLE" })
  expect(await readdir(path)).toEqual([blocked])
})

test("a file goes with what was left of it by who ended while writing, and nothing else does", async () => {
  await using here = await openHere()
  const [key, other] = [newFileKey(), newFileKey()].map((one) => `ab${one.slice(2)}`) as [string, string]
  const path = join(here.folder, "files", "ab")
  await here.files.put(other, new Uint8Array([1]))
  for (const left of [key, other]) await writeFile(join(path, `${left}.0123456789ab.part`), "half")
  // It never came to be a file.
  await here.files.delete(key)
  expect((await readdir(path)).sort()).toEqual([other, `${other}.0123456789ab.part`])
})

test("a folder that cannot be one stops the start with its name", async () => {
  await using here = await openHere()
  const file = join(here.folder, "file")
  await writeFile(file, "")
  expect(() => openLocalFiles({ folder: file })).toThrow(`The folder of files ${file} cannot be used`)
})
