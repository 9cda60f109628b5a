import { LastActiveRequest, LastActiveRules, LastActivesRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as lastActive from "./service.ts"

export const lastActiveRouter = router({
  of: signedIn.input(LastActiveRequest).query(({ ctx, input }) => lastActive.of(ctx, input)),
  ofMany: signedIn.input(LastActivesRequest).query(({ ctx, input }) => lastActive.ofMany(ctx, input)),
  rules: signedIn.query(({ ctx }) => lastActive.rules(ctx)),
  setRules: signedIn.input(LastActiveRules).mutation(({ ctx, input }) => lastActive.setRules(ctx, input)),
})
