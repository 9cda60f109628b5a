import { PageRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as message from "./service.ts"

export const messageRouter = router({
  page: signedIn.input(PageRequest).query(({ ctx, input }) => message.page(ctx, input)),
})
