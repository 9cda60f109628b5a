/** A frame may not come for a long time where nobody looks. */
const AT_LATEST_MS = 100

/**
 * Hands lists on once a frame, joined: however many packets arrive meanwhile, they are drawn once. Late by a frame is what any
 * packet may be; `flush` is for what must not overtake them.
 */
export const perFrame = <T>(take: (items: readonly T[]) => void) => {
  let waiting: T[] = []
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    if (timer === undefined) return
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    timer = undefined
    const items = waiting
    waiting = []
    take(items)
  }
  const give = (items: readonly T[]) => {
    waiting.push(...items)
    if (timer !== undefined) return
    frame = requestAnimationFrame(flush)
    timer = setTimeout(flush, AT_LATEST_MS)
  }
  return { give, flush }
}
