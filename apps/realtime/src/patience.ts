/** Waits so long for a first sign, and once there was one so long in all. Then it gives up, unless `end` came before. */
export const createPatience = (
  { signMs, allMs }: { signMs: number; allMs: number },
  giveUp: () => void,
): { sign(): void; end(): void } => {
  const began = performance.now()
  const until = (ms: number) => setTimeout(giveUp, Math.max(0, began + ms - performance.now()))
  let timer = until(signMs)
  let signed = false
  let ended = false
  return {
    sign() {
      if (signed || ended) return
      signed = true
      clearTimeout(timer)
      timer = until(allMs)
    },
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
