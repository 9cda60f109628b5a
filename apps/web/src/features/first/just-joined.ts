const KEY = "hearth.greet"

/** Somebody has just joined this server: its entrance will say a word. */
export const greetIn = (guildId: string): void => {
  try {
    sessionStorage.setItem(KEY, guildId)
  } catch {
    // A browser that keeps nothing: one comes in without a word.
  }
}

export const isGreetedIn = (guildId: string): boolean => {
  try {
    return sessionStorage.getItem(KEY) === guildId
  } catch {
    return false
  }
}

export const greeted = (): void => {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Nothing is kept, so nothing stays.
  }
}
