const SCRIPT = /<script src="(?=\/_next\/static\/)/g
const HINT = /<link rel="preload" as="script"[^>]*>/g

const laterIn = (html: string): string => html.replace(HINT, "").replace(SCRIPT, '<script data-src="')

/**
 * A document, in UTF-8, whose scripts come after its first frame (decision 28): they are sent without an address, and get it
 * from features/shell/first-script.ts. A tag that two pieces share waits for its end.
 */
export const putScriptsOff = (): TransformStream<Uint8Array, Uint8Array> => {
  const [decoder, encoder] = [new TextDecoder(), new TextEncoder()]
  let kept = ""
  return new TransformStream({
    transform: (piece, controller) => {
      const html = kept + decoder.decode(piece, { stream: true })
      const open = html.lastIndexOf("<")
      const end = open > html.lastIndexOf(">") ? open : html.length
      kept = html.slice(end)
      if (end > 0) controller.enqueue(encoder.encode(laterIn(html.slice(0, end))))
    },
    flush: (controller) => {
      const rest = kept + decoder.decode()
      if (rest) controller.enqueue(encoder.encode(laterIn(rest)))
    },
  })
}
