import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { startOf, takeLock } from "./lock.ts"

const folders: string[] = []
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "hearth-lock-"))
  folders.push(path)
  return path
}
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true })
})

test("a second one is told who holds the folder", () => {
  const path = folder()
  const release = takeLock(path)
  expect(() => takeLock(path)).toThrow(new RegExp(`runs already on ${path} \\(process ${process.pid}\\)`))
  release()
  takeLock(path)()
  expect(readdirSync(path)).toEqual([])
})

test("the lock of a dead process is taken over", async () => {
  const path = folder()
  const child = spawn("true")
  await once(child, "exit")
  writeFileSync(join(path, "lock"), JSON.stringify({ pid: child.pid, started: "long ago" }))
  const release = takeLock(path)
  expect(JSON.parse(readFileSync(join(path, "lock"), "utf8"))).toEqual({
    pid: process.pid,
    started: startOf(process.pid),
  })
  release()
})

test("a living process that merely has the number of the dead one does not hold it", () => {
  const path = folder()
  writeFileSync(join(path, "lock"), JSON.stringify({ pid: process.pid, started: "in another life" }))
  takeLock(path)()
})

test("a lock that cannot be read is nobody's", () => {
  const path = folder()
  writeFileSync(join(path, "lock"), "")
  takeLock(path)()
})
