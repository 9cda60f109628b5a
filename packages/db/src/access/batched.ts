/** While somebody waits, so long is rested between two calls: a crowd that trickles in gathers, and whoever comes alone waits for nothing. */
const REST_MS = 10

/**
 * One call at a time: what is asked for meanwhile waits, and the next call takes it all. So nobody is answered by a read that
 * began before they asked, and a crowd costs little more than one. Answers come in the order of the items.
 */
export const batched = <I, O>(work: (items: I[]) => Promise<O[]>, max = 500): ((item: I) => Promise<O>) => {
  let waiting: { item: I; resolve: (answer: O) => void; reject: (error: unknown) => void }[] = []
  let running = false
  const run = async (): Promise<void> => {
    running = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, max)
      waiting = waiting.slice(max)
      try {
        const answers = await work(batch.map((w) => w.item))
        if (answers.length !== batch.length) throw new Error("a batch was answered with another number of answers")
        batch.forEach((w, i) => w.resolve(answers[i] as O))
      } catch (error) {
        for (const w of batch) w.reject(error)
      }
      if (waiting.length > 0 && waiting.length < max) await new Promise((resolve) => setTimeout(resolve, REST_MS))
    }
    running = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!running) void run()
    })
}

/** The same for reads that are equal: whoever asks while one is under way shares the next. */
export const sharedReads = <T>(): ((key: string, read: () => Promise<T>) => Promise<T>) => {
  const slots = new Map<string, { running: Promise<T>; next: Promise<T> | null }>()
  const begin = (key: string, read: () => Promise<T>): Promise<T> => {
    const slot = { running: read(), next: null as Promise<T> | null }
    slots.set(key, slot)
    const done = (): void => {
      if (slots.get(key) === slot && !slot.next) slots.delete(key)
    }
    slot.running.then(done, done)
    return slot.running
  }
  return (key, read) => {
    const slot = slots.get(key)
    if (!slot) return begin(key, read)
    slot.next ??= slot.running.then(
      () => begin(key, read),
      () => begin(key, read),
    )
    return slot.next
  }
}
