import { buffer } from "node:stream/consumers"
import { NO_PICTURE } from "./exit-code.ts"
import { makeIcon } from "./make-icon.ts"

/** Longer than whoever started it waits: it ends also when they did. */
const LIFE_MS = 12_000
setTimeout(() => process.kill(process.pid, "SIGKILL"), LIFE_MS).unref()

/** The process that decodes one picture: from its input to its output, and no more. */
const made = await makeIcon(await buffer(process.stdin))
if (made) process.stdout.write(made)
else process.exitCode = NO_PICTURE
