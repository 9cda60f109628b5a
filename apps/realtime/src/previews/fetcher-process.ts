import type { Answered, Asked } from "./fetcher.ts"
import { createReadLink } from "./read-link.ts"
import { Refused, type Resolve, resolveName } from "./target.ts"

/** The process that fetches. Its one argument names what tests may reach beside the public internet. */
const also = new Set<string>(JSON.parse(process.argv[2] ?? "[]") as string[])
/** Tests are the same with and without an internet: to them it is not there. */
const nothing: Resolve = () => Promise.reject(new Refused("a test has no internet"))
const read = createReadLink({ resolve: also.size > 0 ? nothing : resolveName, also })

process.on("message", (message) => {
  const { id, url } = message as Asked
  void read(url).then((found) => process.send?.({ id, found } satisfies Answered))
})
// Whoever started it is gone.
process.on("disconnect", () => process.exit(0))
