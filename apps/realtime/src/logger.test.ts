import { spawn } from "node:child_process"
import { once } from "node:events"
import { expect, test } from "vitest"

test("a process whose reader is gone ends all the same", async () => {
  const code = `
    import { createLogger } from ${JSON.stringify(new URL("./logger.ts", import.meta.url).href)}
    const log = createLogger("info")
    process.once("SIGTERM", () => {
      log.info("leaving")
      log.info("left")
      process.exit(7)
    })
    log.info("listening")
    setInterval(() => {}, 1000)
  `
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 10_000,
    killSignal: "SIGKILL",
  })
  await once(child.stdout, "data")
  const closed = once(child.stdout, "close")
  child.stdout.destroy()
  await closed
  child.kill("SIGTERM")
  expect(await once(child, "exit")).toEqual([7, null])
})
