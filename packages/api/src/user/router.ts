import { UsersRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as user from "./service.ts"

export const userRouter = router({
  byIds: signedIn.input(UsersRequest).query(({ ctx, input }) => user.byIds(ctx, input)),
})
