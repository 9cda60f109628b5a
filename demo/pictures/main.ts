import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "../../scripts/supervisor/config.ts"
import { openBrowser } from "./browser.ts"
import { takeMovie } from "./movie.ts"
import { openStage } from "./stage.ts"
import { takeStills } from "./stills.ts"

const say = (sentence: string) => void process.stdout.write(`  ${sentence}\n`)
const folder = join(ROOT, "docs/pictures")
const chromium = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium"

if (!existsSync(chromium)) {
  process.stderr.write(`\n  There is no ${chromium}. Install Chromium, or name it in CHROMIUM_PATH.\n\n`)
  process.exit(1)
}
await using open = new AsyncDisposableStack()
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void open.disposeAsync().finally(() => process.exit(1)))
mkdirSync(folder, { recursive: true })
say("Filling a small demo …")
const stage = await openStage(open)
const browser = open.use(await openBrowser(chromium))
say("Taking pictures …")
await takeStills(stage, browser, folder)
say("Taking the moving one …")
await takeMovie(stage, browser, folder)
say("They are in docs/pictures. Look at them before you commit them.")
