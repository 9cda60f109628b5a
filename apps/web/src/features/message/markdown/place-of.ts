const PLACE = /^\/s\/\d+\/\d+(\/t\/\d+)?(\/\d+)?$/

/** A channel, a thread or a message of this Hearth that an address leads to; null when it leads elsewhere. */
export const placeOf = (href: string, origin = window.location.origin): string | null => {
  if (!href.startsWith(`${origin}/`)) return null
  const path = href.slice(origin.length)
  return PLACE.test(path) ? path : null
}
