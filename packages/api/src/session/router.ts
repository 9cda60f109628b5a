import { ListRequest, RevokeSessionRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as session from "./service.ts"

export const sessionRouter = router({
  list: signedIn.input(ListRequest).query(({ ctx, input }) => session.list(ctx, input)),
  revoke: signedIn.input(RevokeSessionRequest).mutation(({ ctx, input }) => session.revoke(ctx, input)),
  revokeOthers: signedIn.mutation(({ ctx }) => session.revokeOthers(ctx)),
})
