import { type Block, parseMessage } from "./parse.ts"

const KEPT = 1000
// The oldest goes first; what is asked for is young again.
const known = new Map<string, readonly Block[]>()

/** What `parseMessage` answers, remembered: the same messages are drawn again at each change of channel and while one scrolls. */
export const parsed = (content: string): readonly Block[] => {
  const tree = known.get(content) ?? parseMessage(content)
  known.delete(content)
  known.set(content, tree)
  if (known.size > KEPT) known.delete(known.keys().next().value ?? "")
  return tree
}
