import { ListReactorsRequest, OwnReactionsRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as reaction from "./service.ts"

export const reactionRouter = router({
  mine: signedIn.input(OwnReactionsRequest).query(({ ctx, input }) => reaction.mine(ctx, input)),
  list: signedIn.input(ListReactorsRequest).query(({ ctx, input }) => reaction.list(ctx, input)),
})
