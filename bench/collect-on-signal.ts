// Loaded into the measured servers beside their own code: memory is compared without what V8 has not yet thrown away.
process.on("SIGUSR2", () => {
  globalThis.gc?.()
})
// A bench that is interrupted leaves nobody behind.
process.on("disconnect", () => process.exit())
process.channel?.unref()
