import { AppError, isErrorCode } from "@hearth/core"

const sentences: Partial<Record<string, string>> = {
  WRONG_CREDENTIALS: "E-mail address or password is wrong.",
  UNAVAILABLE: "The server does not answer. Please try again in a moment.",
}

const waiting = (ms: number): string => {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

/** NextAuth carries a failure as one string: our code, and ms to wait. */
export const readSignInError = (error: string): AppError => {
  const [code, wait] = error.split(":")
  if (!isErrorCode(code)) return new AppError("INTERNAL", "Signing in did not work. Please try again.")
  const retryAfterMs = wait && /^\d+$/.test(wait) ? Number(wait) : undefined
  if (code === "RATE_LIMITED")
    return new AppError(code, `Too many tries. Please wait ${waiting(retryAfterMs ?? 60_000)}.`, {
      retryAfterMs: retryAfterMs ?? 60_000,
    })
  return new AppError(code, sentences[code] ?? "Signing in did not work. Please try again.")
}

// Loaded when it is needed: no page needs it to be drawn.
const loadAuth = () => import("next-auth/react")

/** Opens a session in this browser, or throws an AppError. */
export const openSession = async (credentials: { email: string; password: string }): Promise<void> => {
  const answer = await loadAuth()
    .then(({ signIn }) => signIn("credentials", { ...credentials, redirect: false }))
    .catch(() => undefined)
  if (!answer) throw new AppError("UNAVAILABLE", "The server did not answer. Please try again in a moment.")
  if (answer.error) throw readSignInError(answer.error)
  if (!answer.ok) throw new AppError("INTERNAL", "Signing in did not work. Please try again.")
}

/** Ends this browser's session, on the server too, and leaves. */
export const endSession = async (): Promise<void> => {
  await loadAuth()
    .then(({ signOut }) => signOut({ redirect: false }))
    .catch(() => undefined)
  window.location.assign("/login")
}
