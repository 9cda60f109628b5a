// Loaded before a child's own code. The channel to the supervisor breaks when that one ends, however it ends.
// A child's own children load this too (next dev forks its server): their channel is another matter.
if (process.ppid === Number(process.env.HEARTH_SUPERVISOR)) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"))
  process.channel?.unref()
}
