import { ListRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as catchUp from "./service.ts"

export const catchUpRouter = router({
  list: signedIn.input(ListRequest).query(({ ctx, input }) => catchUp.list(ctx, input)),
})
