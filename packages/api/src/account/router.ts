import { ChangePasswordRequest, RegisterRequest, UpdateAccountRequest } from "@hearth/core"
import { anyone, router, signedIn } from "../trpc.ts"
import * as account from "./service.ts"

export const accountRouter = router({
  register: anyone.input(RegisterRequest).mutation(({ ctx, input }) => account.register(ctx, input)),
  me: signedIn.query(({ ctx }) => account.me(ctx)),
  update: signedIn.input(UpdateAccountRequest).mutation(({ ctx, input }) => account.update(ctx, input)),
  changePassword: signedIn
    .input(ChangePasswordRequest)
    .mutation(({ ctx, input }) => account.changePassword(ctx, input)),
})
