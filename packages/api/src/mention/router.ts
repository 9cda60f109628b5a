import { ListRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as mention from "./service.ts"

export const mentionRouter = router({
  list: signedIn.input(ListRequest).query(({ ctx, input }) => mention.list(ctx, input)),
})
