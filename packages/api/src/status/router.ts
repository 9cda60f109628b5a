import { SetStatusRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as status from "./service.ts"

export const statusRouter = router({
  set: signedIn.input(SetStatusRequest).mutation(({ ctx, input }) => status.set(ctx, input)),
})
