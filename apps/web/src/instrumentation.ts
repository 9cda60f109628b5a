/** Runs once before the first request: a wrong variable or a schema that is behind stops the start with a sentence. */
export const register = async (): Promise<void> => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { start } = await import("./server/start.ts")
    await start()
  }
}
