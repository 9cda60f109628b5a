// Preloaded into every child: when the supervisor is gone, however it went, the pipe between us closes.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"))
process.channel?.unref()
