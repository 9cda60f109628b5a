// Loaded before a child's own code. The channel to the supervisor breaks when that one ends, however it ends.
// A child's own children load this too (next dev forks its server): their channel is another matter.
import { setTimeout } from "node:timers"

/** Nobody reaches it any more and nobody would end it: an orphan that cannot leave in order must not stay. */
const PATIENCE_MS = 5000

if (process.ppid === Number(process.env.HEARTH_SUPERVISOR)) {
  process.on("disconnect", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), PATIENCE_MS).unref()
    process.kill(process.pid, "SIGTERM")
  })
  process.channel?.unref()
}
