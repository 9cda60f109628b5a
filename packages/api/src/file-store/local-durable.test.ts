import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { openLocalFiles } from "./local.ts"
import { newFileKey } from "./port.ts"

const { synced } = vi.hoisted(() => ({ synced: [] as string[] }))
// Only a machine without power shows what was not synced: here it is seen which folders are.
vi.mock("node:fs/promises", async (original) => {
  const fs = await original<typeof import("node:fs/promises")>()
  const open: typeof fs.open = (path, flags, mode) => {
    if (flags === "r") synced.push(String(path))
    return fs.open(path, flags, mode)
  }
  return { ...fs, open }
})
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>()
  const openSync: typeof fs.openSync = (path, flags, mode) => {
    synced.push(String(path))
    return fs.openSync(path, flags, mode)
  }
  return { ...fs, openSync }
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hearth-durable-"))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(() => {
  synced.length = 0
})

test("a folder that was made is synced where its name is, as far up as any was", () => {
  const files = join(folder, "data", "files")
  openLocalFiles({ folder: files })
  expect(synced.sort()).toEqual([folder, join(folder, "data")])
  synced.length = 0
  openLocalFiles({ folder: files })
  expect(synced).toEqual([])
})

test("a file is there after a loss of power: so is the folder that was made for it, and all above that", async () => {
  const root = join(folder, "files")
  const files = openLocalFiles({ folder: root })
  const key = newFileKey()
  synced.length = 0
  await files.put(key, new Uint8Array([1]))
  const inside = join(root, key.slice(0, 2))
  expect([...synced].sort()).toEqual([root, inside])
  await rm(root, { recursive: true })
  synced.length = 0
  await files.put(key, new Uint8Array([1]))
  expect([...synced].sort()).toEqual([dirname(root), root, inside])
})
