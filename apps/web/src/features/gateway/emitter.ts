/** Tells listeners that something changed. One listener's failure is not the others'. */
export const createSignal = () => {
  const listeners = new Set<() => void>()
  return {
    notify: () => {
      for (const listener of [...listeners]) {
        try {
          listener()
        } catch (error) {
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
export type Signal = ReturnType<typeof createSignal>
