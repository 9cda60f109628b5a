// Loaded before a child's own code. The channel to the supervisor breaks when that one ends, however it ends.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"))
process.channel?.unref()
