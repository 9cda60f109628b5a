import type { GatewayClient } from "../gateway/gateway-client.ts"

/** Who does not touch a device for so long is away from it. */
export const IDLE_MS = 300_000
const AGAIN_MS = 5_000
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const

/**
 * Tells the gateway when nobody touches this device, and at once when somebody does again. A page in the background gets no input:
 * it keeps nobody online. Returns how to stop.
 */
export const trackActivity = (
  client: Pick<GatewayClient, "idle" | "request" | "connection" | "onOnline">,
  now: () => number = Date.now,
) => {
  const { idle } = client
  let touchedAt = now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined

  const report = async () => {
    clearTimeout(again)
    const said = idle.now
    // What is said at the next handshake need not be said before it.
    if (said === idle.told || client.connection().status !== "online") return
    idle.told = said
    try {
      await client.request("presence:set", { presence: said ? "idle" : "online" })
    } catch {
      idle.told = !said
      again = setTimeout(report, AGAIN_MS)
    }
  }
  const become = (next: boolean) => {
    if (idle.now === next) return
    idle.now = next
    void report()
  }
  const look = () => {
    const left = touchedAt + IDLE_MS - now()
    timer = left > 0 ? setTimeout(look, left) : undefined
    if (left <= 0) become(true)
  }
  const touch = () => {
    touchedAt = now()
    become(false)
    if (timer === undefined) look()
  }
  const onVisible = () => {
    if (document.visibilityState === "visible") touch()
  }

  if (document.visibilityState === "visible") touch()
  else look()
  for (const kind of SIGNS) window.addEventListener(kind, touch, { passive: true, capture: true })
  document.addEventListener("visibilitychange", onVisible)
  const off = client.onOnline(() => void report())
  return () => {
    off()
    clearTimeout(timer)
    clearTimeout(again)
    for (const kind of SIGNS) window.removeEventListener(kind, touch, { capture: true })
    document.removeEventListener("visibilitychange", onVisible)
  }
}
