import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { makesIconsApart } from "./make-apart.ts"

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hearth-apart-"))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const processOf = async (name: string, code: string): Promise<string> => {
  const file = join(folder, `${name}.mjs`)
  await writeFile(file, code)
  return file
}
const picture = new Uint8Array(3_000_000)
const WEBP = "RIFF....WEBP"
const afterWebp = (made: Uint8Array | null) => made && [...made.subarray(WEBP.length)]

it("ends what hangs, and calls what killed its process no picture", async () => {
  const hangs = await processOf("hangs", "setInterval(() => {}, 1000)")
  expect(await makesIconsApart({ file: hangs, patienceMs: 300 })(picture)).toBeNull()
  const killed = await processOf("killed", "process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000)")
  expect(await makesIconsApart({ file: killed })(picture)).toBeNull()
})

it("says that it is a fault of ours when the process cannot run", async () => {
  await expect(makesIconsApart({ file: join(folder, "nowhere.mjs") })(picture)).rejects.toThrow("ended with 1")
})

it("takes nothing but a WebP, and no more than an icon has", async () => {
  const other = await processOf("other", "process.stdout.write('<script>')")
  await expect(makesIconsApart({ file: other })(picture)).rejects.toThrow("ended with 0")
  const floods = await processOf("floods", "const more = () => process.stdout.write(Buffer.alloc(65536), more); more()")
  const began = performance.now()
  await expect(makesIconsApart({ file: floods })(picture)).rejects.toThrow("more than any icon has")
  expect(performance.now() - began).toBeLessThan(9_000)
})

it("gives the process nothing of its own environment", async () => {
  process.env["HEARTH_TEST_SECRET"] = "x"
  const tells = await processOf("tells", `process.stdout.write("${WEBP}" + Object.keys(process.env).join())`)
  const told = await makesIconsApart({ file: tells })(new Uint8Array(1))
  delete process.env["HEARTH_TEST_SECRET"]
  expect(Buffer.from(told ?? []).toString()).toMatch(/NODE_ENV/)
  expect(Buffer.from(told ?? []).toString()).not.toContain("HEARTH")
})

it("makes a few at once, has others wait, and refuses what would wait too long", async () => {
  const echo = await processOf("echo", `process.stdout.write("${WEBP}"); process.stdin.pipe(process.stdout)`)
  const make = makesIconsApart({ file: echo })
  const made = await Promise.allSettled(Array.from({ length: 24 }, (_, i) => make(new Uint8Array([i]))))
  expect(made.filter((one) => one.status === "fulfilled" && one.value?.length === WEBP.length + 1)).toHaveLength(22)
  for (const one of made.slice(22)) expect(one).toMatchObject({ status: "rejected", reason: { code: "UNAVAILABLE" } })
  expect(afterWebp(await make(new Uint8Array([7])))).toEqual([7])
})
