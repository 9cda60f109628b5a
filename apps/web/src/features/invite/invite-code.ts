/** The code in what somebody pastes: the whole link, a part of it, or the code alone. Empty: there is none. */
export const inviteCodeIn = (pasted: string): string => {
  const text = pasted.trim()
  const inLink = /\/invite\/([^/?#\s]+)/.exec(text)
  if (inLink?.[1]) return decodeURIComponentSafely(inLink[1])
  return /^[^\s/?#]+$/.test(text) ? text : ""
}

const decodeURIComponentSafely = (s: string): string => {
  try {
    return decodeURIComponent(s)
  } catch {
    return s
  }
}

/** Where an invite is answered. */
export const invitePath = (code: string): string => `/invite/${encodeURIComponent(code)}`
